"""Correct what was detected: a column, a layout, a cell, a row to leave out, a name to match or create."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from bihuan.areas.ledgers.models import LedgerImport
from bihuan.areas.ledgers.policies import may_change, may_import
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused
from bihuan.record.actions.append import append

from .read_import import read_import


@transaction.atomic
def correct_import(
    *, ledger: LedgerImport, wishes: dict[str, Any], by: Actor, at: datetime, source: str = ""
) -> LedgerImport:
    """Replace the wishes and make the dry run anew. Raises Refused once the import was carried out."""
    for may in (may_change(ledger), may_import(by, ledger.home)):
        if not may:
            raise Refused(may.reason, may.todo)
    ledger.wishes = wishes
    if source:
        ledger.source = source
    append(
        stream=ledger.stream,
        kind="ledger.corrected",
        by=by,
        at=at,
        unit_id=ledger.home_id,
        data={"kinds": sorted(kind for kind, value in wishes.items() if value), "source": ledger.source},
    )
    return read_import(ledger=ledger, by=by, at=at)
