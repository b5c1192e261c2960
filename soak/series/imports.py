"""Workers killed while they carry an import out: after every kill all of its rows are in, or none."""

from __future__ import annotations

import random
import subprocess
import time
from datetime import datetime
from io import BytesIO
from typing import Any

from django.utils import timezone
from openpyxl import Workbook

from bihuan.areas.ledgers.actions.ask_loading import AT_ONCE, ask_loading
from bihuan.areas.ledgers.actions.start_import import start_import
from bihuan.areas.ledgers.models import LedgerImport
from bihuan.org.models import Unit
from bihuan.org.tests.world import World, build
from bihuan.problems.models import Problem
from bihuan.record.models import Event, Job
from soak.contract import Budget, Series

from .kills import start_worker

HANDS, PATIENCE_S, LONGEST_LIFE_S = 2, 180, 20
#: The real loop and the real job; only the lease is short and the attempts are many.
WORKER = """
import os, threading
import django
django.setup()
from django.conf import settings
settings.JOB_LEASE_SECONDS = 2
from bihuan.areas.ledgers import jobs
from bihuan.record.worker import run_worker
from bihuan.registry import shelf
from bihuan.registry.contract import JobKind

kinds = {"ledgers.load": JobKind("ledgers.load", "soak", run=jobs.load, max_attempts=1000)}
shelf.jobs = lambda: kinds
run_worker(stop=threading.Event(), name=f"soak-{os.getpid()}", poll=0.05)
"""
_HEAD = ("序号", "发现日期", "责任单位", "问题描述", "整改措施", "责任人", "整改期限", "整改进度")
_worlds: list[World] = []


def _world() -> World:
    """The small organisation, built once; again where a test has emptied the database."""
    if _worlds and Unit.objects.filter(pk=_worlds[0].unit("hot_mill").pk).exists():
        return _worlds[0]
    _worlds[:] = [build(accounts=False)]
    return _worlds[0]


def _file(number: int, rows: int) -> bytes:
    book = Workbook()
    book.active.append(_HEAD)
    for n in range(1, rows + 1):
        line = (
            n,
            "2025.9.1",
            "精整车间",
            f"{number}-{n} 号辊道防护罩缺失",
            "补装",
            "",
            "2025.9.30",
            "整改中",
        )
        book.active.append(line)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _waiting(number: int, rows: int, at: datetime) -> LedgerImport:
    world = _world()
    by = world.actor("safety_officer", at)
    home = world.unit("hot_mill")
    ledger = start_import(data=_file(number, rows), filename=f"{number}.xlsx", home=home, by=by, at=at)
    return ask_loading(ledger=ledger, by=by, at=at)


def one_round(number: int) -> list[str]:
    """Load one ledger while its workers are killed at random moments; returns what is wrong on the way and then."""
    chance, at = random.Random(number), timezone.now()
    rows = AT_ONCE + chance.randint(1, 300)
    ledger = _waiting(number, rows, at)
    job = Job.objects.filter(pk=ledger.job_id)
    faults: list[str] = []
    hands = [start_worker(WORKER) for _ in range(HANDS)]
    until, pause = time.monotonic() + PATIENCE_S, 2.0
    try:
        while job.unfinished().exists() and time.monotonic() < until:
            time.sleep(chance.uniform(0.2, pause))
            pause = min(pause * 1.3, LONGEST_LIFE_S)
            _replace(hands, chance.randrange(HANDS))
            faults += _half(ledger, rows)
    finally:
        for hand in hands:
            hand.kill()
            hand.wait()
    return faults + _end(ledger, rows)


def _replace(hands: list[subprocess.Popen[bytes]], victim: int) -> None:
    hands[victim].kill()
    hands[victim].wait()
    hands[victim] = start_worker(WORKER)


def _seen(ledger: LedgerImport) -> dict[str, Any]:
    keys = ledger.rows.values("origin_key")
    return {
        "problems": Problem.objects.filter(source=ledger.source, origin_key__in=keys).count(),
        "taken": ledger.rows.filter(outcome="taken", problem__isnull=False).count(),
        "events": Event.objects.filter(stream=ledger.stream, kind="ledger.loaded").count(),
    }


def _half(ledger: LedgerImport, rows: int) -> list[str]:
    problems = _seen(ledger)["problems"]
    return [] if problems in (0, rows) else [f"{problems} of {rows} rows are in"]


def _end(ledger: LedgerImport, rows: int) -> list[str]:
    ledger.refresh_from_db()
    wanted = {"problems": rows, "taken": rows, "events": 1}
    seen = _seen(ledger)
    return [
        *([f"the import is {ledger.state}"] if ledger.state != LedgerImport.State.DONE else []),
        *(
            f"{what}: {seen[what]} instead of {count}"
            for what, count in wanted.items()
            if seen[what] != count
        ),
    ]


def run(budget: Budget) -> None:
    for number in budget.numbers():
        for fault in one_round(number):
            budget.fault(number, fault)


SERIES = Series("imports", "导入中途杀掉工作进程", run)
