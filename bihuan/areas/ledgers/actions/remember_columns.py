"""Remember what was put right about the columns, once an import was carried out; forget it when it is wrong."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.ledgers.models import ColumnMemory, LedgerImport
from bihuan.areas.ledgers.policies import may_change, may_forget
from bihuan.areas.ledgers.wishes import NO_MEMORY
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused, Stale
from bihuan.kernel.text import fold
from bihuan.org.models import Unit
from bihuan.record.actions.append import append

from .correct_import import correct_import


def remember_columns(*, ledger: LedgerImport, by: Actor, at: datetime) -> ColumnMemory | None:
    """Learn from an import that was carried out; None when nobody corrected a column.

    Who imports for the whole group corrects for the whole group, others for the unit of the ledger.
    """
    chosen = ledger.wishes.get("columns", {})
    headers = {str(column["index"]): fold(str(column["header"])) for column in ledger.columns}
    learned = {headers[index]: code for index, code in chosen.items() if index in headers}
    if not learned:
        return None
    if ledger.memory is not None and ledger.memory.forgotten_at is None:
        learned = {**ledger.memory.columns, **learned}
    root = Unit.objects.get(parent=None)
    return ColumnMemory.objects.create(
        home=root if by.may_in("ledger.import", root.path or "") else ledger.home,
        shape=sorted(set(headers.values())),
        columns=learned,
        learned_from=ledger.filename,
        learned_at=at,
        learned_by_id=by.person_id,
    )


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
