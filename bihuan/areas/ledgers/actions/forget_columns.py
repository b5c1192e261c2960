"""Forget a remembered mapping that is wrong."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.ledgers.models import ColumnMemory, LedgerImport
from bihuan.areas.ledgers.policies import may_change, may_forget
from bihuan.areas.ledgers.wishes import NO_MEMORY
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused, Stale
from bihuan.record.actions.append import append

from .correct_import import correct_import


@transaction.atomic
def forget_columns(*, ledger: LedgerImport, by: Actor, at: datetime) -> LedgerImport:
    """Forget the mapping this import follows, for good, and read the file without it.

    Who may not forget it for others (a memory of the group) still does without it in this import. Raises Stale
    when there is none to forget.
    """
    memory = ledger.memory
    if memory is None:
        raise Stale()
    may = may_change(ledger)
    if not may:
        raise Refused(may.reason, may.todo)
    forgotten = bool(may_forget(memory, by)) and bool(
        ColumnMemory.objects.filter(pk=memory.pk, forgotten_at=None).update(
            forgotten_at=at, forgotten_by_id=by.person_id
        )
    )
    append(
        stream=ledger.stream,
        subject=ledger.filename,
        kind="ledger.columns_forgotten",
        by=by,
        at=at,
        unit_id=ledger.home_id,
        data={"memory": memory.pk, "for_all": forgotten},
    )
    wished = ledger.wishes if forgotten else {**ledger.wishes, "memory": NO_MEMORY}
    return correct_import(ledger=ledger, wishes=wished, by=by, at=at)
