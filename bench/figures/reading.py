"""Who sees less must not wait longer; a tree, the desk, many readers at once, and what durability costs."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from functools import cache
from itertools import count
from typing import Any

from bench.contract import Figure, milliseconds
from bench.place import ADMINISTRATOR, RESTRICTED, house

_LIST = "/problems/"
_PAGES = (_LIST, "/problems/?stage=open&sort=due", "/problems/?q=行车")
_CLIENTS, _SECONDS = 4, 10
_NUMBERS = count(1)


def _get(address: str, word: str = ADMINISTRATOR) -> float:
    client = house().client(word)

    def once() -> None:
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)

    return milliseconds(once, times=15)


def _restricted() -> float:
    """The slowest of three pages for the head of a plant, as a multiple of the administrator's time."""
    return max(_get(page, RESTRICTED) / _get(page) for page in _PAGES)


def _plain_restricted() -> float:
    """The same in one condition joined by OR, page and count, against no condition at all."""
    from bihuan.problems.models import Problem

    place = house()
    rows = Problem.objects.select_related("unit", "lead").order_by("-pk")

    def once(seen: Any) -> None:
        list(seen[:50])
        seen.count()

    seen = rows.visible_to(place.world.actor(RESTRICTED, place.at))
    return milliseconds(lambda: once(seen), times=5, warm=1) / milliseconds(
        lambda: once(rows), times=5, warm=1
    )


def _plain_tree() -> float:
    """Every unit asked for its children, as a tree without a path does it; a tenth of them, times ten."""
    from bihuan.org.models import Unit

    house()
    tenth = list(Unit.objects.order_by("id")[: max(1, Unit.objects.count() // 10)])
    start = time.perf_counter()
    for unit in tenth:
        list(unit.children.all())
    return (time.perf_counter() - start) * 10_000


def _queries_of_a_step() -> float:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from bihuan.problems.actions.assign import assign
    from bihuan.problems.actions.raise_problem import raise_problem

    place = house()
    problem = raise_problem(
        source="daily_check", unit=place.world.unit("hot_mill"), statement=f"数查询用第 {next(_NUMBERS)} 件",
        found_on=place.at.date(), by=place.by, at=place.at,
    )  # fmt: skip
    with CaptureQueriesContext(connection) as asked:
        assign(problem=problem, lead=place.world.person("worker_a"), by=place.by, at=place.at)
    return float(
        len([q for q in asked if not q["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))])
    )


class _Server:
    """gunicorn with two processes of two threads, as `bihuan serve` starts it, on a socket of its own."""

    def __enter__(self) -> str:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        words = ["gunicorn", "bihuan.config.wsgi:application", "--bind", f"127.0.0.1:{self.port}"]
        words += ["--worker-class", "gthread", "--workers", "2", "--threads", "2", "--log-level", "error"]
        self.process = subprocess.Popen([sys.executable, "-m", *words], env=os.environ.copy())
        for _ in range(300):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/signin/", timeout=5).read()
                return f"http://127.0.0.1:{self.port}"
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("the server did not start")

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(30)


def _fetch_until(end: float, address: str, cookie: str, done: list[int]) -> None:
    while time.perf_counter() < end:
        asked = urllib.request.Request(address, headers={"Cookie": cookie})
        with urllib.request.urlopen(asked, timeout=30) as answer:
            assert answer.status == 200
            answer.read()
        done.append(1)


def _rate(path: str) -> float:
    """Requests a second of four clients that ask again as soon as they are answered."""
    cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in house().client().cookies.items())
    with _Server() as root:
        _fetch_until(time.perf_counter() + 2, f"{root}{path}", cookie, [])
        done: list[int] = []
        end = time.perf_counter() + _SECONDS
        hands = [
            threading.Thread(target=_fetch_until, args=(end, f"{root}{path}", cookie, done))
            for _ in range(_CLIENTS)
        ]
        for hand in hands:
            hand.start()
        for hand in hands:
            hand.join()
    return len(done) / _SECONDS


@cache
def _event_at(level: str) -> float:
    """One event in one transaction, with SQLite waiting for the disk at every commit (FULL) or not (NORMAL)."""
    from django.db import connection, transaction

    from bihuan.kernel.actor import SYSTEM
    from bihuan.record.actions.append import append

    place = house()
    if connection.vendor == "sqlite":
        connection.cursor().execute(f"PRAGMA synchronous={level}")

    def once() -> None:
        with transaction.atomic():
            append(stream=f"durable:{level}:{next(_NUMBERS)}", kind="bench.durable", by=SYSTEM, at=place.at)

    taken = milliseconds(once, times=100)
    if connection.vendor == "sqlite":
        connection.cursor().execute("PRAGMA synchronous=FULL")
    return taken


FIGURES = (
    Figure(
        "restricted", "只看一个厂的人比管理员慢几倍（三页里最慢的）", "×", 1.2,
        ours=_restricted, baseline=_plain_restricted, grows=False,
    ),
    Figure("desk", "工作台", "ms", 60, ours=lambda: _get("/"), baseline=lambda: _get("/notices/")),
    Figure(
        "tree", "整棵单位树（某日的样子）", "ms", 200,
        ours=lambda: _get("/org/history/", "system_admin"), baseline=_plain_tree, grows=False,
    ),
    Figure("step-queries", "下达一个问题的查询数", "次", 15, ours=_queries_of_a_step, grows=False),
    Figure(
        "rate", "四个人不停地翻台账，每秒几页", "页/s", 40,
        ours=lambda: _rate(_LIST), baseline=lambda: _rate("/notices/"), better="more",
    ),
    Figure(
        "durable", "落盘后才应答的一条事件", "ms", 10,
        ours=lambda: _event_at("FULL"), baseline=lambda: _event_at("NORMAL"), grows=False,
    ),
)  # fmt: skip
