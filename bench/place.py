"""The house the figures are measured in: a group with many problems in it, the same each time.

`house()` in a figure gives it. It is built once (`bench.build`), kept, and each run works on a copy, so a figure
may change what it likes.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from random import Random
from typing import Any

#: how many problems stand in the ledger; `make bench PROBLEMS=100000` for another size
PROBLEMS = int(os.environ.get("BENCH_PROBLEMS", "100000"))
#: raise it when the house changes: kept databases are then built anew
EDITION = 2
IMPORT = 5000
#: who reads: everything in the group, or one plant of forty
ADMINISTRATOR, RESTRICTED = "safety_officer", "unit_head"
_GRADES = ("general",) * 17 + ("serious",) * 2 + ("major",)


class House:
    """`world` is the organisation of the tests, grown (`bench.group`); `at` is now."""

    def __init__(self, world: Any, at: datetime) -> None:
        self.world, self.at = world, at
        self.by = world.actor(ADMINISTRATOR, at)

    def client(self, word: str = ADMINISTRATOR) -> Any:
        """Signed in as this person of the world: ADMINISTRATOR sees the group, RESTRICTED one plant."""
        from django.test import Client

        client = Client()
        client.force_login(self.world.accounts[word])
        return client


@cache
def house() -> House:
    """The house of this run, from the database it was built into."""
    from django.conf import settings
    from django.utils import timezone

    from bihuan.org.tests.world import again

    settings.ALLOWED_HOSTS = ["*"]
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    return House(again(), timezone.now())


def build_house(count: int, said: Any = print) -> None:
    """Into an empty database, by the actions an office uses: imports over three years, then work of this week."""
    from django.utils import timezone

    from bench.group import Staffed, grow
    from bihuan.org.tests.world import build

    world = build()
    grow()
    place, staffed = House(world, timezone.now()), Staffed()
    for done, (at, rows) in enumerate(_imports(place, staffed, count), 1):
        _take(place, rows, at)
        said(min(done * IMPORT, count))
    _live(place, min(140, count // 20))
    _settle(place)


def _imports(place: House, staffed: Any, count: int) -> Iterator[tuple[datetime, list[Any]]]:
    """Ledgers of up to 5,000 rows, the last one yesterday, the first a thousand days ago."""
    starts = range(0, count, IMPORT)
    for number, start in enumerate(starts):
        age = 1 + 1000 * (len(starts) - 1 - number) / max(1, len(starts))
        at = place.at - timedelta(days=age)
        yield at, [ledger_row(at, staffed, n) for n in range(start, min(start + IMPORT, count))]


def _take(place: House, rows: list[Any], at: datetime) -> None:
    from bihuan.problems.actions.take_over import take_over_all

    take_over_all(source="ledger", rows=rows, by=place.by, at=at)


def ledger_row(at: datetime, staffed: Any, number: int, mark: str = "bench") -> Any:
    """Problem `number` of the house: nine in ten closed, a few without date or person, one in twenty urgent."""
    from bench.group import PLANTS
    from bench.sayings import finding
    from bihuan.problems.actions.set_measures import MeasureDraft
    from bihuan.problems.actions.take_over import OldRow, Stated

    chance = Random(number)
    dice = chance.random
    plant = PLANTS[int(len(PLANTS) * dice() ** 1.6)]
    units = staffed.below[plant]
    unit = units[0] if dice() < 0.3 else units[int(len(units) * dice())]
    lead = staffed.people[unit.pk][int(3 * dice())] if dice() < 0.95 else None
    statement, category, spot, equipment, measure = finding(plant, chance)
    found = at.date() - timedelta(days=int(120 * dice()))
    due = found + timedelta(days=7 + int(80 * dice())) if dice() < 0.93 else None
    closed = dice() < 0.9
    return OldRow(
        origin_key=f"{mark}-{number}",
        unit=unit,
        statement=statement,
        stated=Stated(
            closed=closed,
            words="已销号" if closed else "整改中",
            closed_on=found + timedelta(days=20) if closed else None,
        ),
        found_on=found,
        due_on=due,
        measures=(MeasureDraft(measure, "", lead.pk if lead else None, due_on=due),),
        details={
            "category": category,
            "place": spot,
            "equipment": equipment,
            "grade": _GRADES[int(len(_GRADES) * dice())],
            "lead": lead,
            "progress": "in_progress" if dice() < 0.7 else "not_started",
            "timing": "long_term" if dice() < 0.03 else "time_limited",
            "supervisor": staffed.department if dice() < 0.5 else None,
            "origin_title": f"{found.year}年{found.month}月安全检查台账",
            "extras": {"备注": "随台账导入"} if dice() < 0.3 else {},
        },
    )


def _live(place: House, count: int) -> None:
    """Problems in every state of the loop, led there step by step by the people of the world."""
    from bihuan.problems.tests.story import STEPS, problem_in

    for number in range(count):
        problem_in(
            place.world, STEPS[number % len(STEPS)], statement=f"{number % 9} 号线护栏缺失 {number} 米"
        )


def _settle(place: House) -> None:
    """What the worker does after it, and what a database needs after a bulk load.

    Not the look for repeats among all rows that came in: it takes the worker some milliseconds for each, for hours.
    """
    from django.db import connection

    from bihuan.problems.actions.count_words import count_words
    from bihuan.problems.likeness import LOOK
    from bihuan.record.models import Job
    from bihuan.record.worker import run_until_idle

    Job.objects.filter(kind=LOOK).update(state=Job.State.CANCELLED, finished_on=place.at)
    count_words()
    run_until_idle(at=place.at)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
