"""Ask a worker to deliver what waits for a receiver."""

from __future__ import annotations

from datetime import datetime

from bihuan.kernel.actor import SYSTEM
from bihuan.record.actions.enqueue import enqueue

WEBHOOK = "notify.webhook"


def wake_endpoint(*, endpoint_id: int, at: datetime, run_at: datetime | None = None) -> None:
    enqueue(kind=WEBHOOK, payload={"endpoint": endpoint_id}, by=SYSTEM, at=at, run_at=run_at)
