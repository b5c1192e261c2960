"""Have the file read: at once when it is small, by the worker when it is not."""

from __future__ import annotations

from datetime import datetime

from bihuan.areas.ledgers.models import LedgerImport
from bihuan.kernel.actor import Actor
from bihuan.record.actions.enqueue import enqueue

from .read_import import read_import

#: files up to this many bytes are read while the person waits; larger ones by the worker, with progress
AT_ONCE = 250_000


def ask_reading(*, ledger: LedgerImport, by: Actor, at: datetime) -> LedgerImport:
    """To be called inside the transaction that changed what is to be read."""
    if ledger.size <= AT_ONCE:
        return read_import(ledger=ledger, by=by, at=at)
    job = enqueue(kind="ledgers.read", payload={"ledger": ledger.pk}, by=by, at=at)
    ledger.state, ledger.job_id = LedgerImport.State.READING, job.pk
    LedgerImport.objects.filter(pk=ledger.pk).update(state=ledger.state, job_id=job.pk)
    return ledger
