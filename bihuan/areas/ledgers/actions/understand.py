"""Read the kept file with everything that is known about it: corrections, the remembered mapping, its annex."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bihuan.areas.ledgers.directory import OrgDirectory
from bihuan.areas.ledgers.models import ColumnMemory, LedgerImport
from bihuan.areas.ledgers.reading.joining import BASE, Joint, join
from bihuan.areas.ledgers.reading.memory import by_place, say_remembered
from bihuan.areas.ledgers.reading.read import Overrides, read_ledger
from bihuan.areas.ledgers.reading.result import Reading
from bihuan.areas.ledgers.reads.memories import memory_for, shape_of
from bihuan.areas.ledgers.wishes import NO_MEMORY, overrides
from bihuan.areas.ledgers.words import annex_apart, annex_joined, annex_unreadable, as_last_time
from bihuan.kernel.moment import local_day
from bihuan.record.reads import open_file

KEPT = "kept"


@dataclass(slots=True)
class Understood:
    """A file as it was read, the remembered mapping it follows, and how its annex was joined, if it has one."""

    reading: Reading
    memory: ColumnMemory | None = None
    joint: Joint | None = None


def understand(ledger: LedgerImport, at: datetime) -> Understood:
    """What a person says about this file comes first, then what was put right for the last file of its shape."""
    wished = overrides(ledger.wishes)
    found = _read(ledger, wished, at)
    memory = None
    if ledger.wishes.get("memory") != NO_MEMORY:
        memory = memory_for(ledger.home, found.reading.columns)
    if memory is None:
        return found
    known = by_place(found.reading.columns, shape_of(memory))
    follow = {place: code for place, code in known.items() if place not in wished.columns}
    if any(
        (column.field or KEPT) != follow.get(column.index, column.field or KEPT)
        for column in found.reading.columns
    ):
        wished.columns.update(follow)
        found = _read(ledger, wished, at)
    why = as_last_time(memory.learned_from)
    found.reading.columns = say_remembered(found.reading.columns, follow, why)
    found.memory = memory if follow else None
    return found


def _read(ledger: LedgerImport, wished: Overrides, at: datetime) -> Understood:
    day = local_day(at)
    directory = OrgDirectory(home=ledger.home, day=day, wishes=ledger.wishes)
    with open_file(ledger.file, "original") as content:
        reading = read_ledger(
            content.read(), ledger.filename, base=day, directory=directory, overrides=wished
        )
    if ledger.annex is None or reading.refused:
        return Understood(reading)
    with open_file(ledger.annex, "original") as content:
        return join_annex(reading, content.read(), ledger.annex_name, wished, day)


def join_annex(reading: Reading, data: bytes, name: str, wished: Overrides, day: date) -> Understood:
    """Read the second file and put its lines to the problems; says so in the notes, also where they do not meet."""
    own = {index - BASE: code for index, code in wished.columns.items() if index >= BASE}
    annex = read_ledger(data, name, base=day, overrides=Overrides(columns=own))
    if not annex.rows:
        reading.notes.insert(0, annex_unreadable(name, annex.refused))
        return Understood(reading)
    joint = join(reading, annex, frozenset(wished.columns))
    reading.notes.insert(0, annex_apart(name) if joint is None else annex_joined(name, joint))
    return Understood(reading, joint=joint)
