"""Write down a training session before the entry, with who was there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from bihuan.areas.inspection.models import Member, Round, Training
from bihuan.areas.inspection.policies import may_compose
from bihuan.areas.inspection.words import TOPICS
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused
from bihuan.org.models import Person
from bihuan.org.policies import insist
from bihuan.record.actions.append import append

MOST_HOURS = 12


@transaction.atomic
def hold_training(
    *, round: Round, topic: str, kind: str, lecturer: str, hours: Decimal, held_on: date,
    present: Iterable[Person], by: Actor, at: datetime,
) -> Training:  # fmt: skip
    """Hours count for who was there. Somebody who joins a team later makes them up in a later session."""
    insist(may_compose(round, by))
    people = list(present)
    if kind not in dict(TOPICS):
        raise Refused("没有这类培训", "、".join(label for _, label in TOPICS), field="kind")
    if not topic.strip() or not lecturer.strip():
        raise Refused("要写主题和主讲", "补上再存", field="topic")
    if not 0 < hours <= MOST_HOURS:
        raise Refused(f"学时要在 0 到 {MOST_HOURS} 之间", "几天的培训分几次记", field="hours")
    if held_on > local_day(at):
        raise Refused("培训日期在今天以后", "上过课再记", field="held_on")
    if not people:
        raise Refused("没有勾到训的人", "勾上到训的组员", field="present")
    members = set(Member.objects.standing().filter(round=round).values_list("person_id", flat=True))
    strangers = [person.name for person in people if person.pk not in members]
    if strangers:
        raise Refused(f"不是本轮组员：{'、'.join(strangers)}", "先列入组，再记培训", field="present")
    made = Training.objects.create(
        round=round, topic=topic.strip(), kind=kind, lecturer=lecturer.strip(), hours=hours, held_on=held_on
    )
    made.present.set(people)
    append(
        stream=round.stream, kind="inspection.trained", by=by, at=at, subject=str(round),
        data={
            "round_code": round.code, "topic": made.topic, "hours": str(hours),
            "present": sorted(person.pk for person in people),
        },
    )  # fmt: skip
    return made
