"""Ask for work to be done later, in the transaction of what asks for it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bihuan.kernel.actor import Actor
from bihuan.record.models import Job

#: key of the payload: the unit in whose name it was asked for
HAT = "hat"


def enqueue(
    *,
    kind: str,
    payload: dict[str, Any],
    by: Actor,
    at: datetime,
    run_at: datetime | None = None,
    key: str = "",
) -> Job:
    """Put a job on the list. With a `key`, the same work asked for twice is one job.

    Whoever asks with a hat on gets what that hat sees, whichever they wear when the worker comes to it (ADR 25).
    """
    if by.hat is not None:
        payload = {**payload, HAT: by.hat.unit_id}
    fields: dict[str, Any] = {
        "kind": kind,
        "payload": payload,
        "run_at": run_at or at,
        "requested_at": at,
        "requested_by_id": by.person_id,
    }
    if not key:
        return Job.objects.create(**fields)
    job, _ = Job.objects.get_or_create(key=key, defaults=fields)
    return job
