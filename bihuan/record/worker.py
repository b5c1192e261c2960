"""The worker: any number of them, on any machine that reaches the database. Here the clock is read."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from bihuan.record.actions.claim_job import claim_job
from bihuan.record.actions.fire_ticks import fire_ticks
from bihuan.record.actions.run_job import run_job
from bihuan.record.models import WorkerSeen

log = logging.getLogger("bihuan.worker")

SIGN_OF_LIFE = timedelta(seconds=10)


@dataclass
class Tally:
    """What a run came to: jobs taken, and the unexpected errors among them."""

    taken: int = 0
    errors: list[Exception] = field(default_factory=list)


def run_worker(
    *, stop: threading.Event, name: str, poll: float = 1.0, on_job: Callable[[], object] | None = None
) -> None:
    """Work until `stop` is set; the job in hand is finished first. `poll` seconds of rest when idle;
    `on_job` is called after each job, whatever became of it.

    `name` tells workers apart (host and process). A database that is away or busy is waited for: the
    worker must outlive a restart of the database.
    """
    last_sign: datetime | None = None
    while not stop.is_set():
        close_old_connections()
        try:
            at = timezone.now()
            if last_sign is None or at - last_sign >= SIGN_OF_LIFE:
                WorkerSeen.objects.update_or_create(name=name[:60], defaults={"seen_at": at})
                fire_ticks(at=at)
                last_sign = at
            job = claim_job(worker=name, at=at)
            if job is not None:
                run_job(job=job, clock=timezone.now)
                if on_job is not None:
                    on_job()
                continue
        except DatabaseError:
            log.exception("worker %s: the database did not answer, trying again", name)
        stop.wait(poll)
    close_old_connections()


def run_until_idle(*, at: datetime, loud: bool = True, on_job: Callable[[], None] | None = None) -> Tally:
    """Run everything due at `at`, one after the other, with the clock standing still; for tests, the
    command line and the demo loader. What fails is put off as usual and not run again.

    With `loud` the first unexpected error is raised after it was written down; a Refused never is: it is
    an answer. Ticks are not fired: call `fire_ticks(at=...)` before, where they are wanted.
    """
    tally = Tally()
    while (job := claim_job(worker="inline", at=at)) is not None:
        tally.taken += 1
        problem = run_job(job=job, clock=lambda: at)
        if problem is not None:
            tally.errors.append(problem)
            if loud:
                raise problem
        if on_job is not None:
            on_job()
    return tally
