"""The demo group's teams on site: one that was there last year, one that is there now."""

from __future__ import annotations

from typing import Any

from .complaints import complaints
from .fieldwork import live_through
from .staying import Stay


def build(world: Any) -> None:
    """After `inspection`: rounds R1 (over) and J1 (on site now)."""
    rounds = world.things["inspection"]
    stays = {}
    for code, tasks in (("R1", 2), ("J1", 1)):
        for task in (
            rounds[code].tasks.filter(mode__in=("regular", "flexible")).order_by("from_day", "pk")[:tasks]
        ):
            stay = Stay(world, task.pk)
            stay.talk()
            stay.write(signed=code == "R1")
            complaints(world, stay)
            live_through(stay)
            stays[code, task.org.code] = stay
    world.things["onsite"] = stays
