"""Give an import up before it was carried out. The upload's event stays."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.ledgers.models import LedgerImport
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Stale
from bihuan.record.actions.append import append


@transaction.atomic
def drop_import(*, ledger: LedgerImport, by: Actor, at: datetime) -> None:
    """Raises Stale when it was carried out meanwhile."""
    open_states = (LedgerImport.State.DRAFT, LedgerImport.State.READING, LedgerImport.State.UNREADABLE)
    if not LedgerImport.objects.filter(pk=ledger.pk, state__in=open_states).update(
        state=LedgerImport.State.DROPPED
    ):
        raise Stale()
    append(
        stream=ledger.stream,
        subject=ledger.filename,
        kind="ledger.dropped",
        by=by,
        at=at,
        unit_id=ledger.home_id,
    )
