"""Take a job: of any number of workers that want it, the conditional update lets one have it."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F

from bihuan.record.models import Job

LOOK_AHEAD = 8


def lease() -> timedelta:
    """How long a worker may stay silent before its job is given to another."""
    return timedelta(seconds=settings.JOB_LEASE_SECONDS)


def claim_job(*, worker: str, at: datetime) -> Job | None:
    """The next job, now held by this worker for one lease; None when nothing is due or others were faster.

    Work whose worker went silent comes first: somebody has been waiting for it the longest.
    """
    token = f"{worker[:23]}:{secrets.token_hex(8)}"
    for due in (Job.objects.abandoned(at), Job.objects.waiting(at)):
        for pk in due.values_list("pk", flat=True)[:LOOK_AHEAD]:
            won = due.filter(pk=pk).update(
                state=Job.State.RUNNING, claim=token, claimed_until=at + lease(), attempts=F("attempts") + 1
            )
            if won:
                return Job.objects.get(pk=pk)
    return None
