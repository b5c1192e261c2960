"""Give a dead or cancelled job another life."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused, Stale
from bihuan.record.models import Job
from bihuan.record.policies import may_restart

from .append import append


def restart_job(*, job: Job, by: Actor, at: datetime) -> None:
    """Put it back on the list with all its attempts. Raises Refused, or Stale if somebody just did."""
    verdict = may_restart(job, by=by)
    if not verdict:
        raise Refused(verdict.reason, verdict.todo)
    with transaction.atomic():
        won = Job.objects.filter(pk=job.pk, state=job.state).update(
            state=Job.State.WAITING, run_at=at, attempts=0, finished_on=None, done_steps=0, message=""
        )
        if not won:
            raise Stale()
        append(stream=f"job:{job.pk}", kind="job.restarted", by=by, at=at, data={"kind": job.kind})
