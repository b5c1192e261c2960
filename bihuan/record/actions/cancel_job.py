"""Call a job off."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused, Stale
from bihuan.record.models import Job
from bihuan.record.policies import may_cancel

from .append import append


def cancel_job(*, job: Job, by: Actor, at: datetime) -> None:
    """Cancel a waiting or running job. A running one notices at its next sign of progress and stops; what
    it has committed by then stays. Raises Refused, or Stale when it ended or began in the meantime."""
    verdict = may_cancel(job, by=by)
    if not verdict:
        raise Refused(verdict.reason, verdict.todo)
    with transaction.atomic():
        won = Job.objects.filter(pk=job.pk, state=job.state).update(
            state=Job.State.CANCELLED, claim="", claimed_until=None, finished_on=at
        )
        if not won:
            raise Stale()
        append(stream=f"job:{job.pk}", kind="job.cancelled", by=by, at=at, data={"kind": job.kind})
