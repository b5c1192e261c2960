"""Workers killed at any moment: no job is lost, and what a job writes is written once."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time

from django.db import connection
from django.utils import timezone

from bihuan.record.models import Event, Job
from soak.contract import Budget, Series

HANDS, JOBS, PATIENCE_S, LONGEST_LIFE_S = 2, 12, 120, 12
KIND = "soak.write"
#: A worker of this series: the real loop and a lease that runs out soon. Its job writes an event behind the fence
#: of its claim, and rests at the two moments at which a kill hurts most.
WORKER = """
import os, threading, time
import django
django.setup()
from django.conf import settings
settings.JOB_LEASE_SECONDS = 1
from django.db import transaction
from bihuan.kernel.actor import SYSTEM
from bihuan.record.actions.append import append
from bihuan.record.models import Event
from bihuan.record.worker import run_worker
from bihuan.registry import shelf
from bihuan.registry.contract import JobKind

def write(run):
    stream = f"soak:{run.job.pk}"
    time.sleep(0.02)
    with transaction.atomic():
        if not Event.objects.filter(stream=stream).exists():
            append(stream=stream, kind="soak.written", by=SYSTEM, at=run.at)
        run.progress(1, 1, str(run.job.attempts))
    time.sleep(0.02)

kinds = {"soak.write": JobKind("soak.write", "soak", run=write, max_attempts=1000)}
shelf.jobs = lambda: kinds
run_worker(stop=threading.Event(), name=f"soak-{os.getpid()}", poll=0.05)
"""


def database() -> str:
    """The address of the database this process really uses: in a test that is the test database."""
    values = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{values['NAME']}"
    return f"postgresql://{values['USER']}@{values['HOST']}:{values['PORT']}/{values['NAME']}"


def start_worker(code: str) -> subprocess.Popen[bytes]:
    """A process of its own on the database of this one."""
    env = {**os.environ, "DATABASE_URL": database(), "BIHUAN_LOG": "CRITICAL"}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen([sys.executable, "-c", code], env=env, **quiet)  # type: ignore[call-overload]


def one_round(number: int) -> list[str]:
    """Kill workers at random moments until every job has ended; returns what is wrong then."""
    chance, at = random.Random(number), timezone.now()
    jobs = [Job.objects.create(kind=KIND, run_at=at, requested_at=at).pk for _ in range(JOBS)]
    mine = Job.objects.filter(pk__in=jobs)
    hands = [start_worker(WORKER) for _ in range(HANDS)]
    until = time.monotonic() + PATIENCE_S
    pause = 1.5
    try:
        while mine.unfinished().exists() and time.monotonic() < until:
            time.sleep(chance.uniform(0.05, pause))
            pause = min(pause * 1.1, LONGEST_LIFE_S)  # on a slow machine a start alone may take longer
            victim = chance.randrange(HANDS)
            hands[victim].kill()
            hands[victim].wait()
            hands[victim] = start_worker(WORKER)
    finally:
        for hand in hands:
            hand.kill()
            hand.wait()
    written = {pk: Event.objects.of(f"soak:{pk}").count() for pk in jobs}
    return [
        *(f"job {job.pk} is {job.state} after {job.attempts} attempts" for job in mine.exclude(state="done")),
        *(f"job {pk} wrote {count} events" for pk, count in written.items() if count != 1),
    ]


def run(budget: Budget) -> None:
    for number in budget.numbers():
        for fault in one_round(number):
            budget.fault(number, fault)


SERIES = Series("kills", "随时杀掉工作进程", run)
