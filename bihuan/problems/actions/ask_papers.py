"""Have the worker make the Word and PDF files of the letters that went out."""

from __future__ import annotations

from datetime import datetime, timedelta

from bihuan.kernel.actor import Actor
from bihuan.record.actions.enqueue import enqueue
from bihuan.record.models import Job

PRINT = "problems.letters"
#: who waits for other work of this moment is served first
SOON = timedelta(minutes=1)


def ask_papers(*, by: Actor, at: datetime) -> Job:
    """One job for all that went out by this moment; it makes what is not made yet, in portions."""
    return enqueue(kind=PRINT, payload={}, by=by, at=at, run_at=at + SOON, key=f"{PRINT}:{at.isoformat()}")
