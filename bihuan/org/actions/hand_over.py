"""Give on what somebody who goes still answers for. Nothing is orphaned: every line gets an answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused
from bihuan.org.models import HandOver, Person, Unit
from bihuan.org.policies import insist, may_give_to
from bihuan.org.reads import OpenWork, open_work
from bihuan.record.actions.append import append
from bihuan.registry import shelf

#: the answer "not yet": the line stays listed with the head of the unit until somebody takes it
LATER = None
Choices = Mapping[str, int | None]


@transaction.atomic
def hand_over(
    *, person: Person, unit: Unit, why: str, choices: Choices, keep_allowed: bool, by: Actor, at: datetime
) -> HandOver | None:
    """Ask for an answer for every open line: another person's id, the own id (keep, only when moving) or LATER.

    Raises Refused naming the number of lines without an answer. Returns the hand-over that waits, if any does.
    """
    lines = open_work(person.pk, at)
    unanswered = [work for work in lines if work.key not in choices]
    if unanswered:
        shown = "、".join(f"“{work.line.label}”" for work in unanswered[:3])
        raise Refused(
            f"{person.name}还有 {len(unanswered)} 件工作没说交给谁：{shown}{'等' if len(unanswered) > 3 else ''}",
            "逐件选接手人；一时定不了的选“先列出”，由单位负责人交接",
        )
    if not keep_allowed and any(choices[work.key] == person.pk for work in lines):
        raise Refused(f"{person.name}要离开，工作不能留在名下", "选接手人，或选“先列出”")
    hand_over_lines(person=person, lines=lines, choices=choices, by=by, at=at)
    waiting = [work.key for work in lines if choices[work.key] is LATER]
    if not waiting:
        return None
    listed = HandOver.objects.create(
        person=person, unit=unit, why=why, keys=waiting, listed_at=at, listed_by_id=by.person_id
    )
    append(
        stream=f"person:{person.pk}",
        kind="person.hand_over_listed",
        by=by,
        at=at,
        unit_id=unit.pk,
        data={"keys": waiting, "hand_over": listed.pk},
    )
    return listed


def hand_over_lines(
    *, person: Person, lines: Sequence[OpenWork], choices: Choices, by: Actor, at: datetime
) -> None:
    takers: dict[tuple[str, int], list[str]] = defaultdict(list)
    for work in lines:
        taker = choices[work.key]
        if taker is not LATER and taker != person.pk:
            takers[work.room, taker].append(work.line.key)
    here = (
        Person.objects.here_on(local_day(at)).select_related("unit").in_bulk({taker for _, taker in takers})
    )
    for (room, taker), keys in takers.items():
        if taker not in here:
            raise Refused("接手的人不在岗", "换一个接手人")
        insist(may_give_to(here[taker], by))
        offer = shelf.offer(room)
        if offer.hand_over is None:
            raise Refused(f"“{offer.title}”里的工作不能在这里交接", "到那件工作的页面上换责任人")
        offer.hand_over(tuple(keys), person.pk, taker, by, at)
