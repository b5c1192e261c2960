"""Ask for an import to be carried out: at once when it is small, by the worker when it is not."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.ledgers.models import LedgerImport
from bihuan.areas.ledgers.policies import may_load
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused, Stale
from bihuan.record.actions.enqueue import enqueue

from .load_import import load_import

#: up to this many rows the person waits for the result; beyond, the worker does it with progress
AT_ONCE = 500


@transaction.atomic
def ask_loading(*, ledger: LedgerImport, by: Actor, at: datetime) -> LedgerImport:
    """Load, or enqueue the loading. Raises Refused while rows are open, Stale when somebody was faster."""
    may = may_load(ledger, by)
    if not may:
        raise Refused(may.reason, may.todo)
    if ledger.counts.get("all", 0) <= AT_ONCE:
        return load_import(ledger=ledger, by=by, at=at)
    if not LedgerImport.objects.filter(pk=ledger.pk, state=LedgerImport.State.DRAFT).update(
        state=LedgerImport.State.LOADING
    ):
        raise Stale()
    job = enqueue(
        kind="ledgers.load",
        payload={"ledger": ledger.pk},
        by=by,
        at=at,
        key=f"ledgers.load:{ledger.pk}:{at:%s}",
    )
    LedgerImport.objects.filter(pk=ledger.pk).update(job_id=job.pk)
    ledger.refresh_from_db()
    return ledger
