"""Correct what was detected: a column, a layout, a cell, a row to leave out, a name to match or create."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from bihuan.areas.ledgers.models import LedgerImport
from bihuan.areas.ledgers.policies import may_change, may_import
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused, Stale
from bihuan.record.actions.append import append

from .ask_reading import ask_reading


@transaction.atomic
def correct_import(
    *, ledger: LedgerImport, wishes: dict[str, Any], by: Actor, at: datetime, source: str = ""
) -> LedgerImport:
    """Replace the wishes and make the dry run anew; a large file is read by the worker.

    Raises Refused once the import was carried out, Stale when somebody corrected it since it was looked at.
    """
    for may in (may_change(ledger), may_import(by, ledger.home)):
        if not may:
            raise Refused(may.reason, may.todo)
    changed = {"wishes": wishes, "source": source or ledger.source, "revision": ledger.revision + 1}
    mine = LedgerImport.objects.filter(pk=ledger.pk, state=LedgerImport.State.DRAFT, revision=ledger.revision)
    if not mine.update(**changed):
        raise Stale()
    for name, value in changed.items():
        setattr(ledger, name, value)
    append(
        stream=ledger.stream,
        subject=ledger.filename,
        kind="ledger.corrected",
        by=by,
        at=at,
        unit_id=ledger.home_id,
        data={"kinds": sorted(kind for kind, value in wishes.items() if value), "source": ledger.source},
    )
    return ask_reading(ledger=ledger, by=by, at=at)
