"""Write down a consultation: who sat together over what departments told, and what was agreed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from bihuan.areas.inspection.models import Briefing, Consultation, Round, Task
from bihuan.areas.inspection.policies import may_consult
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused
from bihuan.org.models import Person
from bihuan.org.policies import insist
from bihuan.record.actions.append import append
from bihuan.record.closed import shut

LONGEST = 5000


@transaction.atomic
def hold_consultation(
    *, round: Round, held_on: date, present: Iterable[Person], agreed: str, by: Actor, at: datetime,
    task: Task | None = None, considered: Iterable[Briefing] = (),
) -> Consultation:  # fmt: skip
    """Of one task, or of the round (`task` None). Minutes are confidential: what was agreed is sealed."""
    insist(may_consult(round, by))
    people, briefings, words = list(present), list(considered), agreed.strip()
    if held_on > local_day(at):
        raise Refused("会商日期在今天以后", "开过会再记", field="held_on")
    if len(people) < 2:
        raise Refused("参加人不到两人", "把参加的人写全", field="present")
    if not words or len(words) > LONGEST:
        raise Refused("要写议定的事项", f"不超过 {LONGEST} 字", field="agreed")
    if task is not None and task.round_id != round.pk:
        raise Refused("任务是别的轮次的", "选本轮的任务", field="task")
    for briefing in briefings:
        if briefing.task.round_id != round.pk or (task is not None and briefing.task_id != task.pk):
            raise Refused("有的情况通报不是这项任务的", "只勾这项任务的", field="considered")
    made = Consultation(round=round, task=task, held_on=held_on, noted_at=at, noted_by_id=by.person_id)
    shut(made, {"agreed": words})
    made.save(force_insert=True)
    made.present.set(people)
    made.considered.set(briefings)
    append(
        stream=made.stream, seq=1, kind="inspection.consulted", by=by, at=at, subject=str(round),
        data={
            "round_code": round.code, **({"org": task.org_id} if task else {}), "held_on": held_on.isoformat(),
            "present": sorted(person.pk for person in people), "number_briefings": len(briefings),
        },
    )  # fmt: skip
    return made
