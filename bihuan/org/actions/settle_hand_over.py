"""The head of a unit settles what somebody who went has left listed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.models import HandOver
from bihuan.org.reads import may_settle, remaining
from bihuan.record.actions.append import append

from .hand_over import LATER, Choices, hand_over_lines


@transaction.atomic
def settle_hand_over(*, listed: HandOver, choices: Choices, by: Actor, at: datetime) -> int:
    """Give on some of the listed lines; returns how many remain. Done when none does."""
    if not may_settle(listed, by):
        raise Refused("交接由单位负责人办", "请单位负责人选接手人")
    if listed.done_at is not None:
        raise Stale("已经交接完了")
    lines = remaining(listed, at)
    chosen = [work for work in lines if choices.get(work.key) not in (LATER, listed.person_id)]
    hand_over_lines(person=listed.person, lines=chosen, choices=choices, by=by, at=at)
    left = len(remaining(listed, at))
    if left == 0 and HandOver.objects.filter(pk=listed.pk, done_at=None).update(
        done_at=at, done_by_id=by.person_id
    ):
        append(
            stream=f"person:{listed.person_id}",
            kind="person.handed_over",
            by=by,
            at=at,
            unit_id=listed.unit_id,
            data={"hand_over": listed.pk},
        )
    return left
