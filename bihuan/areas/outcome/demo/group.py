"""The demo group after a stay: reports of the first round and their feedback, one of it with its clock still running."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from bihuan.areas.onsite.demo.staying import Stay
from bihuan.areas.outcome.actions.confirm_common import confirm_common
from bihuan.areas.outcome.actions.hear_round_paper import hear_round_paper
from bihuan.areas.outcome.actions.write_round_paper import write_round_paper
from bihuan.areas.outcome.models import Feedback
from bihuan.areas.outcome.reads.round_sums import shared_in
from bihuan.kernel.moment import CHINA, local_day
from bihuan.problems.demo.player import call_off_old_news

from .living import Living
from .looking import look_again
from .mending import Mending
from .planning import Planning
from .sharing import Sharing
from .texts import COMMON, COMMON_TEXT, ROUND_REPORT, SPECIAL
from .visiting import Visiting

#: days from leaving to the receipt: what is usual, and one whose report took far too long, so that its clock still runs
_USUAL, _SLOW = 52, 168
_FEW = 2


def _others(world: Any, done: set[int]) -> list[Feedback]:
    """The other tasks of the round, with two drafts each; their problems are put right with the rest (`mending`)."""
    made = []
    tasks = world.things["inspection"]["R1"].tasks.exclude(pk__in=done).order_by("from_day", "pk")
    for pk in tasks.values_list("pk", flat=True):
        stay = Stay(world, pk)
        stay.write(signed=True, most=_FEW)
        living = Living(stay, _USUAL)
        living.report()
        made.append(living.feedback())
        living.raise_only(made[-1])
    return made


def _sum_up(world: Any) -> None:
    """The round summed up: what many share, the report the committee heard, and a summary that waits to be heard."""
    round, group = world.things["inspection"]["R1"], world.things["org"]
    office, lead = (group.actor(group.person(name)) for name in ("高文静", "贺长风"))
    at = min(datetime.combine(round.ends_on + timedelta(days=60), time(15, 10), CHINA), world.at)
    shared = shared_in(round)
    if shared:
        confirm_common(round=round, tag=shared[0].tag, title=COMMON, text=COMMON_TEXT, by=office, at=at)
    paper = write_round_paper(round=round, kind="round", text=ROUND_REPORT, by=office, at=at)
    heard = min(at + timedelta(days=20), world.at)
    document = f"党委常委会会议纪要〔{heard.year}〕6 号"
    hear_round_paper(paper=paper, on=local_day(heard), document=document, by=lead, at=heard)
    write_round_paper(round=round, kind="special", text=SPECIAL, by=office, at=world.at - timedelta(days=4))


def build(world: Any) -> None:
    """After `onsite`. The organisation that was left last got its feedback late: its concentrated period ends in some
    weeks, and its problems are in the loop."""
    stays = {key: stay for key, stay in world.things["onsite"].items() if key[0] == "R1"}
    usual = []
    for stay in stays.values():
        living = Living(stay, _USUAL)
        living.report()
        usual.append(living.feedback())
        living.raise_only(usual[-1])
    regular = world.things["inspection"]["R1"].tasks.filter(mode="regular", left_on__isnull=False)
    last = Stay(world, regular.order_by("-left_on", "-pk").first().pk)
    if ("R1", last.task.org.code) not in stays:
        last.write(signed=True)
    slow = Living(last, _SLOW)
    slow.report()
    feedback = slow.feedback()
    slow.raise_only(feedback)
    usual += _others(world, {last.task.pk, *(stay.task.pk for stay in stays.values())})
    group = world.things["org"]
    plans = [Planning(group, one, world.at, twice=one is feedback) for one in (*usual, feedback)]
    for one in plans:
        one.plan()
    Mending(world, world.things["inspection"]["R1"]).complete(getattr(world, "scale", 1.0))
    over = sorted((one for one in plans if one.is_over), key=lambda one: one.feedback.received_on)
    for n, one in enumerate(over, 1):
        one.report_back()
        one.evaluate(done=n < len(over))
    (again,) = world.things["inspection"]["H1"].tasks.all()
    look_again(world, again, usual[0].task)
    _sum_up(world)
    looked_at = [one.feedback for one in over]
    Visiting(group, world.at, looked_at).live()
    Sharing(group, world.at, looked_at).live()
    call_off_old_news(world.at)
    world.things["outcome"] = {"running": feedback}
