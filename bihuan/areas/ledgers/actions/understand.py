"""Read the kept file with everything that is known about it: corrections, the remembered mapping, its annex."""

from __future__ import annotations

from datetime import datetime

from bihuan.areas.ledgers.directory import OrgDirectory
from bihuan.areas.ledgers.models import ColumnMemory, LedgerImport
from bihuan.areas.ledgers.reading.memory import by_place, say_remembered
from bihuan.areas.ledgers.reading.read import Overrides, read_ledger
from bihuan.areas.ledgers.reading.result import Reading
from bihuan.areas.ledgers.reads.memories import memory_for, shape_of
from bihuan.areas.ledgers.wishes import NO_MEMORY, overrides
from bihuan.areas.ledgers.words import as_last_time
from bihuan.kernel.moment import local_day
from bihuan.record.reads import open_file


def understand(ledger: LedgerImport, at: datetime) -> tuple[Reading, ColumnMemory | None]:
    """The reading, and the remembered mapping it follows. What a person says about this file comes first."""
    wished = overrides(ledger.wishes)
    reading = _read(ledger, wished, at)
    memory = None
    if ledger.wishes.get("memory") != NO_MEMORY:
        memory = memory_for(ledger.home, reading.columns)
    if memory is None:
        return reading, None
    known = by_place(reading.columns, shape_of(memory))
    follow = {place: code for place, code in known.items() if place not in wished.columns}
    if any(column.field != follow.get(column.index, column.field) for column in reading.columns):
        wished.columns.update(follow)
        reading = _read(ledger, wished, at)
    reading.columns = say_remembered(reading.columns, follow, as_last_time(memory.learned_from))
    return reading, memory if follow else None


def _read(ledger: LedgerImport, wished: Overrides, at: datetime) -> Reading:
    day = local_day(at)
    directory = OrgDirectory(home=ledger.home, day=day, wishes=ledger.wishes)
    with open_file(ledger.file, "original") as content:
        return read_ledger(content.read(), ledger.filename, base=day, directory=directory, overrides=wished)
