"""Run one claimed job to its end: done, tried again later, or dead with a reason."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from bihuan.kernel.actor import SYSTEM
from bihuan.kernel.refused import Refused, Stale
from bihuan.record.failures import describe
from bihuan.record.models import Job
from bihuan.registry import shelf
from bihuan.registry.contract import JobKind

from .append import append
from .claim_job import lease

log = logging.getLogger("bihuan.worker")

FIRST_PAUSE_S = 30
LONGEST_PAUSE_S = 3600


class LostClaim(Exception):
    """The job was cancelled, or given to another worker because this one was silent for too long."""


class JobRun:
    """A running job, as its handler sees it.

    `payload` is what was asked, `at` the time this attempt began, `job` the row. What the handler puts
    into `result` (JSON) is kept when it returns. `progress` shows how far it is and renews the lease;
    called inside a transaction it is also the fence: if the job is no longer ours it raises LostClaim and
    the transaction is rolled back. A handler must bear being run twice.
    """

    def __init__(self, job: Job, *, clock: Callable[[], datetime]) -> None:
        self.job = job
        self.payload: dict[str, Any] = job.payload
        self.result: dict[str, Any] = {}
        self.at = clock()
        self._clock = clock
        self._renew_at = self.at

    def progress(self, done: int, total: int, message: str = "") -> None:
        """Say how far it is: `done` of `total` steps. Cheap to call for every row: it writes on a new
        percent, a new message, or when a third of the lease is gone."""
        job, now = self.job, self._clock()
        before = (job.percent, job.message)
        job.done_steps, job.total_steps = done, total
        job.message = message[:200] or job.message
        if before == (job.percent, job.message) and now < self._renew_at:
            return
        self._renew_at = now + lease() / 3
        kept = Job.objects.held(job.pk, job.claim).update(
            done_steps=done, total_steps=total, message=job.message, claimed_until=now + lease()
        )
        if not kept:
            raise LostClaim(str(job.pk))


def run_job(*, job: Job, clock: Callable[[], datetime]) -> Exception | None:
    """Run a job that this worker holds. Returns what went wrong unexpectedly, None otherwise.

    `clock` is handed in by the worker: the wall clock there, a fixed time in tests and the demo loader.
    A Refused kills the job at once with its sentence (trying again would not change the answer), except
    Stale, which a second look may well settle.
    """
    kind = shelf.jobs().get(job.kind)
    if kind is None:
        _die(job, clock(), "不认识的任务种类，可能来自已移走的业务区")
        return None
    if job.attempts > kind.max_attempts:
        _die(job, clock(), f"办了 {kind.max_attempts} 次都没有办完，工作进程每次都中断了")
        return None
    run = JobRun(job, clock=clock)
    try:
        with _own_savepoint():
            kind.run(run)
    except LostClaim:
        log.warning("job %s %s: no longer ours, left alone", job.pk, job.kind)
    except Stale as stale:
        _fail(job, kind, clock(), stale.reason)
    except Refused as refused:
        _die(job, clock(), "；".join(part for part in (refused.reason, refused.todo) if part))
    except Exception as problem:
        log.exception("job %s %s failed", job.pk, job.kind)
        _fail(job, kind, clock(), describe(problem))
        return problem
    else:
        _finish(job, clock(), run.result)
    return None


def pause_before_retry(job_id: int, attempts: int) -> timedelta:
    """30 s, doubled each time, an hour at most; up to a fifth more by the job's number, so that a hundred
    jobs that failed together do not come back together."""
    seconds = min(FIRST_PAUSE_S * 2 ** (attempts - 1), LONGEST_PAUSE_S)
    return timedelta(seconds=seconds * (1 + (job_id % 20) / 100))


def _own_savepoint() -> AbstractContextManager[Any]:
    """Inside somebody's transaction (a test, the demo loader) a failed handler must not spoil it."""
    return transaction.atomic() if connection.in_atomic_block else nullcontext()


def _finish(job: Job, at: datetime, result: dict[str, Any]) -> None:
    done = job.total_steps or job.done_steps
    _end(job, state=Job.State.DONE, result=result, error="", done_steps=done, finished_on=at)


def _fail(job: Job, kind: JobKind, at: datetime, error: str) -> None:
    if job.attempts >= kind.max_attempts:
        _die(job, at, error)
    else:
        _end(job, state=Job.State.WAITING, error=error, run_at=at + pause_before_retry(job.pk, job.attempts))


def _die(job: Job, at: datetime, error: str) -> None:
    """Dead jobs stay visible until somebody restarts them; work a person waits for also leaves an event.

    Housekeeping leaves none: a reaction to the death of a reaction would never end.
    """
    kind = shelf.jobs().get(job.kind)
    with transaction.atomic():
        ended = _end(job, state=Job.State.DEAD, error=error, finished_on=at)
        if ended and kind is not None and kind.show:
            data = {"kind": job.kind, "attempts": job.attempts, "asked_by": job.requested_by_id}
            append(stream=f"job:{job.pk}", kind="job.died", by=SYSTEM, at=at, data=data, subject=kind.label)


def _end(job: Job, **values: Any) -> bool:
    """Write the end of this attempt, if the job is still ours."""
    won = Job.objects.held(job.pk, job.claim).update(claim="", claimed_until=None, **values)
    for name, value in values.items():
        setattr(job, name, value)
    return bool(won)
