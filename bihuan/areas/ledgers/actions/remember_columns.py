"""Remember what was put right about the columns, once an import was carried out."""

from __future__ import annotations

from datetime import datetime

from bihuan.areas.ledgers.models import ColumnMemory, LedgerImport
from bihuan.kernel.actor import Actor
from bihuan.kernel.text import fold
from bihuan.org.models import Unit


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
