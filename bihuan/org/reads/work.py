"""What a person still answers for, asked of every room; and the hand-overs that wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from bihuan.kernel.actor import Actor
from bihuan.org.models import HandOver, Unit
from bihuan.org.permissions import Permission as P
from bihuan.registry import shelf
from bihuan.registry.contract import WorkLine


@dataclass(frozen=True, slots=True)
class OpenWork:
    """One line of one room; `key` is unique over all rooms."""

    room: str
    line: WorkLine

    @property
    def key(self) -> str:
        return f"{self.room}:{self.line.key}"


def open_work(person_id: int, at: datetime) -> list[OpenWork]:
    """Everything the person still answers for, room by room. One call per room."""
    return [
        OpenWork(offer.code, line)
        for offer in shelf.offers()
        if offer.open_work
        for line in offer.open_work(person_id, at)
    ]


def pending_hand_overs(by: Actor) -> QuerySet[HandOver]:
    """Hand-overs not yet done that this person may settle: in the units they head or administer."""
    waiting = (
        HandOver.objects.filter(done_at=None).select_related("person", "unit").order_by("listed_at", "id")
    )
    if by.is_system:
        return waiting
    reaches = tuple(r for code in (P.PROBLEM_REOWN_OWN, P.ORG_MANAGE) for r in by.reaches_for(code))
    return waiting.filter(unit__in=Unit.objects.in_reach(reaches))


def may_settle(hand_over: HandOver, by: Actor) -> bool:
    path = hand_over.unit.path or ""
    return by.may_in(P.PROBLEM_REOWN_OWN, path) or by.may_in(P.ORG_MANAGE, path)


def remaining(hand_over: HandOver, at: datetime) -> list[OpenWork]:
    """The lines of this hand-over that the person still answers for."""
    return [work for work in open_work(hand_over.person_id, at) if work.key in set(hand_over.keys)]


def unit_work(unit_id: int, at: datetime) -> list[OpenWork]:
    """Everything a unit still answers for, room by room."""
    return [
        OpenWork(offer.code, line)
        for offer in shelf.offers()
        if offer.unit_work
        for line in offer.unit_work(unit_id, at)
    ]
