"""Lines of the desk that other rooms ask for (`Offer.desk_lines`)."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from bihuan.kernel.actor import Actor
from bihuan.kernel.clock import read_clock
from bihuan.kernel.moment import local_day
from bihuan.registry import shelf

from .lines import Todo

_VERB = "other"


def room_lines(actor: Actor, at: datetime) -> list[Todo]:
    """In the order of the rooms."""
    if not actor.is_person:
        return []
    day = local_day(at)
    return [
        Todo(_VERB, line.label, read_clock(line.due, day), line.unit, line.text, line.url, line.url, False)
        for offer in shelf.offers()
        if offer.desk_lines
        for line in offer.desk_lines(actor, at)
    ]


def counted_rooms(actor: Actor) -> list[QuerySet]:
    """What the lines above are made of, as ids."""
    return [
        rows.order_by().values("pk")
        for offer in shelf.offers()
        if offer.desk_rows
        for rows in offer.desk_rows(actor)
    ]
