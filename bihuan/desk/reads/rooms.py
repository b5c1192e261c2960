"""Lines of the desk that other rooms ask for (`Offer.desk_lines`)."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet, Value

from bihuan.kernel.actor import Actor
from bihuan.kernel.clock import read_clock
from bihuan.kernel.moment import local_day
from bihuan.registry import shelf
from bihuan.registry.lines import WaitLine

from .lines import Todo

_VERB = "other"


def room_lines(actor: Actor, at: datetime) -> list[Todo]:
    """In the order of the rooms."""
    if not actor.is_person:
        return []
    day, busy = local_day(at), rooms_with_rows(actor)
    return [
        Todo(_VERB, line.label, read_clock(line.due, day), line.unit, line.text, line.url, line.url, False)
        for offer in shelf.offers()
        if offer.desk_lines and (offer.desk_rows is None or offer.code in busy)
        for line in offer.desk_lines(actor, at)
    ]


def room_waits(actor: Actor, at: datetime) -> list[WaitLine]:
    """What waits for somebody else in other rooms."""
    return [line for offer in shelf.offers() if offer.desk_waits for line in offer.desk_waits(actor, at)]


def rooms_with_rows(actor: Actor) -> set[str]:
    """The rooms in which there is anything for this person: one query, so that a desk does not ask every room for its
    lines, of which most have none for most people."""
    tagged = [
        rows.order_by().annotate(room=Value(offer.code)).values_list("room", flat=True)
        for offer in shelf.offers()
        if offer.desk_rows
        for rows in offer.desk_rows(actor)
    ]
    return set(tagged[0].union(*tagged[1:])) if tagged else set()


def counted_rooms(actor: Actor) -> list[QuerySet]:
    """What the lines above are made of, as ids."""
    return [
        rows.order_by().values("pk")
        for offer in shelf.offers()
        if offer.desk_rows
        for rows in offer.desk_rows(actor)
    ]
