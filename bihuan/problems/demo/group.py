"""Three years of problems for the demo group: drawn, staged, taken over from old ledgers, and played."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any

from bihuan.kernel.moment import local_day
from bihuan.notify.actions.mark_read import mark_read
from bihuan.notify.models import Line
from bihuan.org.actions.leave import leave
from bihuan.org.demo.group import Group
from bihuan.org.reads import open_work, work_calendar
from bihuan.problems.models import Problem

from .cases import Caster
from .following import FollowUp
from .hours import Hours, at_hour
from .ledgers import LEDGERS, TakingOver
from .lives import Life, Lives, grade
from .player import Player
from .repeats import repeats
from .scenes import SCENES
from .staged import Stage

DRAWN = 1060
_DAYS = 3 * 365
#: more in summer and before holidays, less in deep winter
_SEASON = (0.8, 0.65, 1.0, 1.15, 1.0, 1.5, 1.4, 1.3, 1.45, 0.8, 1.05, 1.1)


def build(world: Any) -> None:
    """Leaves the player in `world.things["problems"]`: steps taken and refusals, if any."""
    group, scale = world.things["org"], getattr(world, "scale", 1.0)
    today, hours = local_day(world.at), Hours(work_calendar())
    lives, caster, player = Lives(group, hours, today), Caster(group), Player(world.at)
    stage = Stage(group, caster)
    player.add(stage.begin(scene, number) for number, scene in enumerate(SCENES))
    old = TakingOver(group, caster, lives)
    for ledger in LEDGERS:
        player.add(old.begin(ledger, scale))
    player.add(_drawn(caster, lives, world.at, round(DRAWN * scale)))
    player.add([FollowUp(group, world.at).begin()])
    player.play()
    repeats(group, world.at)
    _somebody_leaves(group, world.at)
    _read(group, world.at)
    world.things["problems"] = player


def _somebody_leaves(group: Group, at: datetime) -> None:
    """Yesterday a workshop head left with work in hand: its hand-over waits for the head of the mill."""
    chiefs = group.staff.of("LG1", "chief")
    leads = Counter(Problem.objects.open().filter(lead__in=chiefs).values_list("lead_id", flat=True))
    person = max(chiefs, key=lambda chief: (leads[chief.pk], -chief.pk))
    lines = {work.key: None for work in open_work(person.pk, at)}
    by = group.actor(group.person("郭启明"))
    leave(
        person=person, on=local_day(at), choices=lines, by=by, at=at - timedelta(hours=20), why="调往外单位"
    )


def _read(group: Group, at: datetime) -> None:
    """Whoever signs in has read what came before yesterday evening; what is unread is fresh."""
    for account in group.accounts.values():
        old = Line.objects.of(account.person_id).filter(said_on__lt=at - timedelta(hours=22))
        if (last := old.order_by("-id").first()) is not None:
            mark_read(by=group.actor(account.person), at=last.said_on, up_to=last.pk)


def found_times(at: datetime, count: int) -> list[datetime]:
    """`count` moments within three years, dense in season and towards today."""
    random, today = Random("found"), local_day(at)
    days = [today - timedelta(days=age) for age in range(1, _DAYS)]
    weights = [_weight(day, (today - day).days) for day in days]
    return sorted(at_hour(day, random) for day in random.choices(days, weights, k=count))


def _weight(day, age: int) -> float:
    weekend = 0.15 if day.weekday() >= 5 else 1.0
    growth = 0.5 + 0.5 * (1 - age / _DAYS)
    lately = 6.6 if age < 42 else 3.2 if age < 100 else 1.5 if age < 190 else 1.0
    return _SEASON[day.month - 1] * weekend * growth * lately


def _drawn(caster: Caster, lives: Lives, at: datetime, count: int) -> Iterator[Life]:
    for index, found in enumerate(found_times(at, count)):
        case = caster.draw(index, found)
        grade(case)
        yield lives.begin(case)
