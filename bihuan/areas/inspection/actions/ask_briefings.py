"""Ask departments what they know of an organisation that is to be inspected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction

from bihuan.areas.inspection.models import Briefing, Task
from bihuan.areas.inspection.policies import may_ask
from bihuan.areas.inspection.reads.asking import departments_for
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.models import Unit
from bihuan.org.policies import insist
from bihuan.record.actions.append import append

MOST_ITEMS, LONGEST = 12, 100


@transaction.atomic
def ask_briefings(
    *, task: Task, asked: Mapping[Unit, Sequence[str]], due_on: date, by: Actor, at: datetime
) -> list[Briefing]:
    """All of them or none. `asked`: department -> the sides it is to speak of; which ones stands in no event."""
    insist(may_ask(task, by))
    day = local_day(at)
    if not asked:
        raise Refused("一个部门也没有选", "勾上要请的部门")
    if due_on < day:
        raise Refused("期限在今天以前", "改期限", field="due_on")
    free = {unit.pk for unit in departments_for(task, day)}
    strangers = [unit.shown for unit in asked if unit.pk not in free]
    if strangers:
        raise Refused(
            f"不能请：{'、'.join(strangers)}", "请没有请过的部门，被巡察党组织自己的部门不能请", field="units"
        )
    made = [_ask(task, unit, items, due_on, by, at) for unit, items in asked.items()]
    for row in made:
        append(
            stream=row.stream, seq=1, kind="inspection.briefing_asked", by=by, at=at, subject=str(task.round),
            unit_id=row.unit_id,
            data={
                "round_code": task.round.code, "org": task.org_id, "due": due_on.isoformat(),
                "number_items": len(row.items),
            },
        )  # fmt: skip
    return made


def _ask(task: Task, unit: Unit, items: Sequence[str], due_on: date, by: Actor, at: datetime) -> Briefing:
    lines = [line.strip() for line in items if line.strip()]
    if not lines:
        raise Refused(f"{unit.shown}没有写请通报的条目", "一行写一条", field=f"items-{unit.pk}")
    if len(lines) > MOST_ITEMS or any(len(line) > LONGEST for line in lines):
        raise Refused(
            f"{unit.shown}的条目太多或太长",
            f"最多 {MOST_ITEMS} 条，一条不超过 {LONGEST} 字",
            field=f"items-{unit.pk}",
        )
    try:
        with transaction.atomic():
            return Briefing.objects.create(
                task=task, unit=unit, items=lines, due_on=due_on, asked_at=at, asked_by_id=by.person_id
            )
    except IntegrityError:  # somebody of the office asked the same department a moment before
        raise Stale() from None
