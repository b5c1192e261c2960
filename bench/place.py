"""The house the figures are measured in: the small organisation of the tests with many problems in it."""

from __future__ import annotations

import os
import random
from datetime import datetime, timedelta
from functools import cache
from typing import Any

#: how many problems stand in the ledger; `make bench PROBLEMS=100000` for another size
PROBLEMS = int(os.environ.get("BENCH_PROBLEMS", "10000"))
CHUNK = 2000
_THINGS = (
    "天车",
    "皮带机",
    "加热炉",
    "除尘器",
    "配电柜",
    "空压机",
    "辊道",
    "氧气阀门站",
    "起重吊具",
    "检修平台",
)
_FAULTS = (
    "防护罩缺失，检修人员可触及转动部位",
    "护栏缺一段，长约 2 米",
    "警示牌脱落未补",
    "点检记录缺三天",
    "接地线松动",
    "油污未清理，存在滑跌风险",
    "压力表过期未校验",
    "应急灯不亮",
)
CATEGORIES = ("机械防护", "电气", "消防", "起重", "气瓶", "文明生产")


class House:
    """`world` is the organisation of the tests, `client` a signed-in safety officer, `at` now."""

    def __init__(self, world: Any, at: datetime) -> None:
        self.world, self.at = world, at
        self.by = world.actor("safety_officer", at)

    def client(self, word: str = "safety_officer") -> Any:
        from django.test import Client

        client = Client()
        client.force_login(self.world.accounts[word])
        return client


@cache
def house() -> House:
    """Built once a run, by the actions an office uses. ANALYZE afterwards, as after every bulk load."""
    from django.conf import settings
    from django.db import connection
    from django.utils import timezone

    from bihuan.org.tests.world import build

    settings.ALLOWED_HOSTS = ["*"]
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    found = House(build(), timezone.now())
    fill(found, PROBLEMS)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return found


def fill(place: House, count: int) -> None:
    from bihuan.problems.actions.take_over import take_over

    for start in range(0, count, CHUNK):
        rows = [old_row(place, number) for number in range(start, min(start + CHUNK, count))]
        take_over(source="ledger", rows=rows, by=place.by, at=place.at - timedelta(days=1))


def old_row(place: House, number: int, mark: str = "bench") -> Any:
    """Problem `number`, always the same: a fifth open, in five units, with a measure, people and days."""
    from bihuan.problems.actions.set_measures import MeasureDraft
    from bihuan.problems.actions.take_over import OldRow, Stated

    chance = random.Random(number)
    found = place.at.date() - timedelta(days=chance.randint(1, 900))
    closed = chance.random() < 0.8
    unit = place.world.unit(chance.choice(("hot_mill", "furnace", "finishing", "iron_mill", "safety_dept")))
    return OldRow(
        origin_key=f"{mark}-{number}",
        unit=unit,
        statement=f"{number} 号{chance.choice(_THINGS)}{chance.choice(_FAULTS)}",
        stated=Stated(
            closed=closed,
            words="已销号" if closed else "整改中",
            closed_on=found + timedelta(days=20) if closed else None,
        ),
        found_on=found,
        due_on=found + timedelta(days=30),
        measures=(MeasureDraft("补装并验收，纳入点检"),),
        details={
            "category": chance.choice(CATEGORIES),
            "place": f"{chance.randint(1, 9)} 号线",
            "lead": place.world.person("worker_a"),
            "progress": "in_progress",
            "extras": {"备注": "随台账导入"},
        },
    )
