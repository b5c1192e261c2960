"""The demo group after a stay: reports of the first round and their feedback, one of it with its clock still running."""

from __future__ import annotations

from typing import Any

from bihuan.areas.onsite.demo.staying import Stay
from bihuan.areas.outcome.models import Feedback
from bihuan.problems.demo.player import call_off_old_news

from .living import Living
from .looking import look_again
from .mending import Mending
from .reviewing import Reviewing, sum_up

#: days from leaving to the receipt: what is usual, one whose report took far too long, so that its clock still runs,
#: and one whose concentrated period is just over
_USUAL, _SLOW, _OVER = 40, 168, 140
_FEW = 2


def _others(world: Any, done: set[int], over: int) -> Feedback:
    """The other tasks of the round, with two drafts each; their problems are put right with the rest (`mending`). Returns
    the feedback of `over`, whose concentrated period is just over."""
    tasks = world.things["inspection"]["R1"].tasks.exclude(pk__in=done).order_by("from_day", "pk")
    for pk in tasks.values_list("pk", flat=True):
        stay = Stay(world, pk)
        stay.write(signed=True, most=_FEW)
        living = Living(stay, _OVER if pk == over else _USUAL)
        living.report()
        given = living.feedback()
        living.raise_only(given)
        if pk == over:
            found = given
    return found


def build(world: Any) -> None:
    """After `onsite`. The organisation that was left last got its feedback late: its concentrated period ends in some
    weeks, and its plan is in force; the one before was just over, and is being evaluated."""
    stays = {key: stay for key, stay in world.things["onsite"].items() if key[0] == "R1"}
    usual = []
    for stay in stays.values():
        living = Living(stay, _USUAL)
        living.report()
        usual.append(living.feedback())
        living.raise_only(usual[-1])
    regular = world.things["inspection"]["R1"].tasks.filter(mode="regular", left_on__isnull=False)
    last_pk, before = regular.order_by("-left_on", "-pk").values_list("pk", flat=True)[:2]
    last = Stay(world, last_pk)
    if ("R1", last.task.org.code) not in stays:
        last.write(signed=True)
    slow = Living(last, _SLOW)
    slow.report()
    feedback = slow.feedback()
    slow.raise_and_accept(feedback)
    Reviewing(world, feedback).plan()
    over = _others(world, {last.task.pk, *(stay.task.pk for stay in stays.values())}, before)
    round = world.things["inspection"]["R1"]
    Mending(world, round).complete(getattr(world, "scale", 1.0))
    (task,) = world.things["inspection"]["H1"].tasks.all()
    look_again(world, task, usual[0].task)
    Reviewing(world, usual[0]).evaluation(done=True)
    Reviewing(world, over).evaluation(done=False)
    sum_up(world, round)
    call_off_old_news(world.at)
    world.things["outcome"] = {"running": feedback}
