"""The demo group after a stay: reports of the first round and their feedback, one of it with its clock still running."""

from __future__ import annotations

from typing import Any

from bihuan.areas.onsite.demo.staying import Stay
from bihuan.problems.demo.player import call_off_old_news

from .living import Living
from .mending import Mending

#: days from leaving to the receipt: what is usual, and one whose report took far too long, so that its clock still runs
_USUAL, _SLOW = 52, 168
_FEW = 2


def _others(world: Any, done: set[int]) -> None:
    """The other tasks of the round, with two drafts each; their problems are put right with the rest (`mending`)."""
    tasks = world.things["inspection"]["R1"].tasks.exclude(pk__in=done).order_by("from_day", "pk")
    for pk in tasks.values_list("pk", flat=True):
        stay = Stay(world, pk)
        stay.write(signed=True, most=_FEW)
        living = Living(stay, _USUAL)
        living.report()
        living.raise_only(living.feedback())


def build(world: Any) -> None:
    """After `onsite`. The organisation that was left last got its feedback late: its concentrated period ends in some
    weeks, and its problems are in the loop."""
    stays = {key: stay for key, stay in world.things["onsite"].items() if key[0] == "R1"}
    for stay in stays.values():
        living = Living(stay, _USUAL)
        living.report()
        living.raise_only(living.feedback())
    regular = world.things["inspection"]["R1"].tasks.filter(mode="regular", left_on__isnull=False)
    last = Stay(world, regular.order_by("-left_on", "-pk").first().pk)
    if ("R1", last.task.org.code) not in stays:
        last.write(signed=True)
    slow = Living(last, _SLOW)
    slow.report()
    feedback = slow.feedback()
    slow.raise_and_accept(feedback)
    _others(world, {last.task.pk, *(stay.task.pk for stay in stays.values())})
    Mending(world, world.things["inspection"]["R1"]).complete(getattr(world, "scale", 1.0))
    call_off_old_news(world.at)
    world.things["outcome"] = {"running": feedback}
