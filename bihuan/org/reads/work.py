"""What a person still answers for, asked of every room; and the hand-overs that wait."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import QuerySet

from bihuan.kernel.actor import Actor
from bihuan.org.models import HandOver, Unit
from bihuan.org.permissions import Permission as P
from bihuan.registry import shelf
from bihuan.registry.lines import WorkLine


@dataclass(frozen=True, slots=True)
class OpenWork:
    """One line of one room; `key` is unique over all rooms."""

    room: str
    line: WorkLine
    #: whether the reader may see the thing itself, and so its words
    seen: bool = False

    @property
    def key(self) -> str:
        return f"{self.room}:{self.line.key}"

    @property
    def said(self) -> str:
        """The number, and what it is about for those who may see it anyway."""
        return f"{self.line.label} {self.line.detail}".strip() if self.seen else self.line.label


def openable(reader: Actor, urls: Iterable[str]) -> set[str]:
    """Which of these addresses of the house the reader may open, asked of every room that has things."""
    asked = {url for url in urls if url}
    return {url for offer in shelf.offers() if asked and offer.opens for url in offer.opens(reader, asked)}


def open_work(person_id: int, at: datetime, reader: Actor | None = None) -> list[OpenWork]:
    """Everything the person still answers for, room by room. One call per room.

    Without a `reader` the lines say their numbers only: who arranges a hand-over need not know what it is about.
    """
    lines = [
        OpenWork(offer.code, line)
        for offer in shelf.offers()
        if offer.open_work
        for line in offer.open_work(person_id, at)
    ]
    if reader is None:
        return lines
    seen = openable(reader, (work.line.url for work in lines if work.line.detail))
    return [replace(work, seen=work.line.url in seen) for work in lines]


def pending_hand_overs(by: Actor) -> QuerySet[HandOver]:
    """Hand-overs not yet done that this person may settle: in the units they head or administer."""
    reaches = tuple(r for code in (P.PROBLEM_REOWN_OWN, P.ORG_MANAGE) for r in by.reaches_for(code))
    if not reaches and not by.is_system:
        return HandOver.objects.none()
    waiting = HandOver.objects.filter(done_at=None).select_related("person", "unit")
    waiting = waiting.order_by("listed_at", "id")
    if by.is_system:
        return waiting
    return waiting.filter(unit__in=Unit.objects.in_reach(reaches))


def may_settle(hand_over: HandOver, by: Actor) -> bool:
    path = hand_over.unit.path or ""
    return by.may_in(P.PROBLEM_REOWN_OWN, path) or by.may_in(P.ORG_MANAGE, path)


def remaining(hand_over: HandOver, at: datetime, reader: Actor | None = None) -> list[OpenWork]:
    """The lines of this hand-over that the person still answers for; see `open_work` for `reader`."""
    return [work for work in open_work(hand_over.person_id, at, reader) if work.key in set(hand_over.keys)]


def unit_work(unit_id: int, at: datetime) -> list[OpenWork]:
    """Everything a unit still answers for, room by room."""
    return [
        OpenWork(offer.code, line)
        for offer in shelf.offers()
        if offer.unit_work
        for line in offer.unit_work(unit_id, at)
    ]
