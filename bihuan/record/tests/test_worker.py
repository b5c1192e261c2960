"""Several workers, killed workers, and the clock."""

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.db import connection

from bihuan.record.actions.cancel_job import cancel_job
from bihuan.record.actions.claim_job import claim_job
from bihuan.record.actions.enqueue import enqueue
from bihuan.record.actions.fire_ticks import fire_ticks, last_due
from bihuan.record.actions.run_job import JobRun, LostClaim, run_job
from bihuan.record.models import Job, TickRun, WorkerSeen
from bihuan.record.worker import run_until_idle, run_worker
from bihuan.registry.contract import Tick

LEASE = timedelta(seconds=settings.JOB_LEASE_SECONDS)
CHINA = ZoneInfo("Asia/Shanghai")


@pytest.mark.django_db(transaction=True)
def test_one_of_eight_workers_gets_it(race, clerk, at):
    enqueue(kind="toy.work", payload={}, by=clerk, at=at)
    outcomes = race(lambda number: claim_job(worker=f"w{number}", at=at), times=8)
    assert [o.error for o in outcomes] == [None] * 8
    winners = [o.value for o in outcomes if o.value is not None]
    assert len(winners) == 1
    job = Job.objects.get(kind__startswith="toy.")
    assert (job.claim, job.attempts, job.state) == (winners[0].claim, 1, "running")


@pytest.mark.django_db(transaction=True)
def test_eight_workers_do_eight_jobs_once_each(race, clerk, at):
    for _ in range(8):
        enqueue(kind="toy.work", payload={}, by=clerk, at=at)

    def drain(number):
        mine = []
        while (job := claim_job(worker=f"w{number}", at=at)) is not None:
            mine.append(job.pk)
        return mine

    outcomes = race(drain, times=4)
    assert [o.error for o in outcomes] == [None] * 4
    assert sorted(pk for o in outcomes for pk in o.value) == sorted(Job.objects.values_list("pk", flat=True))
    assert set(Job.objects.values_list("attempts", flat=True)) == {1}


@pytest.mark.django_db
def test_a_silent_worker_loses_its_job_and_cannot_write_to_it_any_more(toys, clerk, at):
    toys(jobs={"toy.work": lambda run: run.result.update(by="second")})
    enqueue(kind="toy.work", payload={}, by=clerk, at=at)
    first = claim_job(worker="first", at=at)
    assert claim_job(worker="second", at=at + LEASE) is None
    later = at + LEASE + timedelta(seconds=1)
    second = claim_job(worker="second", at=later)
    assert second.pk == first.pk and second.attempts == 2
    with pytest.raises(LostClaim):
        JobRun(first, clock=lambda: later).progress(1, 2)
    run_job(job=second, clock=lambda: later)
    run_job(job=first, clock=lambda: later)
    assert Job.objects.get(kind__startswith="toy.").result == {"by": "second"}


@pytest.mark.django_db
def test_progress_renews_the_lease(toys, clerk, at):
    enqueue(kind="toy.work", payload={}, by=clerk, at=at)
    moments = iter([at, at + timedelta(seconds=100)])
    run = JobRun(claim_job(worker="w", at=at), clock=lambda: next(moments))
    run.progress(1, 1000)
    assert Job.objects.get(kind__startswith="toy.").claimed_until == at + timedelta(seconds=100) + LEASE


@pytest.mark.django_db
def test_work_that_kills_its_worker_each_time_ends(toys, clerk, at):
    toys(jobs={"toy.work": lambda run: None}, max_attempts=2)
    enqueue(kind="toy.work", payload={}, by=clerk, at=at)
    for _ in range(2):
        assert claim_job(worker="doomed", at=at) is not None
        at += LEASE + timedelta(seconds=1)
    run_until_idle(at=at)
    assert Job.objects.get(kind__startswith="toy.").state == "dead"
    assert "工作进程每次都中断了" in Job.objects.get(kind__startswith="toy.").error


@pytest.mark.django_db(transaction=True)
def test_a_running_job_that_is_called_off_stops_and_takes_back_its_transaction(toys, clerk, at):
    reached = []

    def work(run):
        cancel_job(job=Job.objects.get(kind__startswith="toy."), by=clerk, at=at)
        run.progress(1, 2)
        reached.append("后面")

    toys(jobs={"toy.work": work})
    enqueue(kind="toy.work", payload={}, by=clerk, at=at)
    run_until_idle(at=at)
    assert (reached, Job.objects.get(kind__startswith="toy.").state) == ([], "cancelled")


KILLED = """
import sys, threading, time
import django
django.setup()
from bihuan.record.models import StoredFile
from bihuan.record.worker import run_worker
from bihuan.registry import shelf
from bihuan.registry.contract import JobKind
from django.db import transaction

def work(run):
    with transaction.atomic():
        StoredFile.objects.create(sha256="b" * 64, size=1, mime="text/plain", kept_at=run.at)
        print("half way", flush=True)
        time.sleep(60)

kinds = {"toy.work": JobKind("toy.work", "玩具任务", work)}
shelf.jobs = lambda: kinds
run_worker(stop=threading.Event(), name="killed", poll=0.05)
"""


def _environment():
    """The test's own database, for a process of its own."""
    names = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{names['NAME']}"
    else:
        url = "postgresql://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**names)
    module = os.environ["DJANGO_SETTINGS_MODULE"]
    return os.environ | {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": module,
        "PYTHONPATH": os.pathsep.join(sys.path),
    }


@pytest.mark.django_db(transaction=True)
def test_killed_in_the_middle_another_finishes(toys, clerk):
    from bihuan.record.models import StoredFile

    now = datetime.now(UTC)
    enqueue(kind="toy.work", payload={}, by=clerk, at=now)
    worker = subprocess.Popen(
        [sys.executable, "-c", KILLED], stdout=subprocess.PIPE, env=_environment(), text=True
    )
    try:
        assert worker.stdout.readline().strip() == "half way"
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait(10)
    job = Job.objects.get(kind__startswith="toy.")
    assert (job.state, job.attempts) == ("running", 1)
    assert not StoredFile.objects.exists(), "a killed transaction left something behind"
    done = []
    toys(jobs={"toy.work": done.append})
    assert run_until_idle(at=datetime.now(UTC)).taken == 0, "taken before its lease was over"
    assert run_until_idle(at=datetime.now(UTC) + LEASE + timedelta(seconds=1)).taken == 1
    job.refresh_from_db()
    assert (job.state, job.attempts, len(done)) == ("done", 2, 1)


@pytest.mark.django_db(transaction=True)
def test_the_loop_works_until_it_is_told_to_stop(toys, clerk):
    ran = threading.Event()
    toys(jobs={"toy.work": lambda run: ran.set()})
    enqueue(kind="toy.work", payload={}, by=clerk, at=datetime.now(UTC))
    stop, swept = threading.Event(), []

    def loop():
        try:
            run_worker(stop=stop, name="host:1", poll=0.02, on_job=lambda: swept.append(1))
        finally:
            connection.close()

    thread = threading.Thread(target=loop)
    thread.start()
    try:
        assert ran.wait(10)
        deadline = time.monotonic() + 10
        while Job.objects.get(kind__startswith="toy.").state != "done" and time.monotonic() < deadline:
            time.sleep(0.02)
    finally:
        stop.set()
        thread.join(10)
    assert not thread.is_alive()
    assert Job.objects.get(kind__startswith="toy.").state == "done"
    assert WorkerSeen.objects.get().name == "host:1"
    assert swept, "a worker sweeps after each job"


@pytest.mark.parametrize(
    ("cron", "hour", "minute", "expected"),
    [
        ("0 8 * * *", 8, 0, (1, 8, 0)),
        ("0 8 * * *", 7, 59, (31, 8, 0)),
        ("*/10 * * * *", 8, 9, (1, 8, 0)),
        ("30 17 * * 1", 9, 0, (31, 17, 30)),
    ],
)
def test_due_moments_are_local_time(cron, hour, minute, expected):
    at = datetime(2026, 9, 1, hour, minute, tzinfo=CHINA).astimezone(UTC)
    due = last_due(cron, at).astimezone(CHINA)
    assert (due.day, due.hour, due.minute) == expected


@pytest.fixture
def ticking(toys):
    fired = []
    toys(ticks=[Tick("toy.tick", "玩具定时", "0 8 * * *", fired.append)])
    return fired


def eight(day):
    return datetime(2026, 9, day, 8, 0, tzinfo=CHINA)


@pytest.mark.django_db(transaction=True)
def test_of_several_workers_one_fires_a_tick(race, ticking):
    fire_ticks(at=eight(1))
    outcomes = race(lambda: fire_ticks(at=eight(2)), times=6)
    assert [o.error for o in outcomes] == [None] * 6
    assert [code for o in outcomes for code in o.value if code == "toy.tick"] == ["toy.tick"]
    run_until_idle(at=eight(2))
    assert ticking == [eight(2)]


@pytest.mark.django_db
def test_a_tick_seen_for_the_first_time_waits_for_its_hour(ticking):
    assert fire_ticks(at=eight(1) + timedelta(hours=3)) == []
    assert "toy.tick" not in fire_ticks(at=eight(2) - timedelta(seconds=1))
    assert "toy.tick" in fire_ticks(at=eight(2))
    assert TickRun.objects.get(code="toy.tick").last_due == eight(2)


@pytest.mark.django_db
def test_missed_ticks_run_once(ticking):
    fire_ticks(at=eight(1))
    noon = eight(9) + timedelta(hours=4)
    assert "toy.tick" in fire_ticks(at=noon)
    assert "toy.tick" not in fire_ticks(at=noon)
    run_until_idle(at=noon)
    assert ticking == [noon]
