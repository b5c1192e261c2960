"""Read the kept file with everything a person corrected so far: layout, columns, a verdict per row."""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import datetime
from typing import Any

from django.db import transaction

from bihuan.areas.ledgers.models import LedgerImport, LedgerRow
from bihuan.areas.ledgers.policies import may_open_units, may_take_for
from bihuan.areas.ledgers.reading.result import Reading
from bihuan.areas.ledgers.reading.versions import said_key
from bihuan.areas.ledgers.reads.versions import Comparison, compare_versions
from bihuan.areas.ledgers.take import origin_keys
from bihuan.areas.ledgers.wishes import carried_names
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Stale
from bihuan.org.models import Unit
from bihuan.problems.actions.take_over import taken_keys
from bihuan.record.pour import pour_objects

from .keep_matches import keep_matches, known_before
from .understand import understand

PRESENT = "present"
BEYOND = "beyond_reach"
OPEN = (LedgerImport.State.READING, LedgerImport.State.DRAFT, LedgerImport.State.UNREADABLE)


@transaction.atomic
def read_import(*, ledger: LedgerImport, by: Actor, at: datetime) -> LedgerImport:
    """Make the dry run anew. Replaces the rows of an import that was not carried out yet.

    A newer version of a ledger that is here already is compared with it row by row; names decided for that one
    are decided. Raises Stale when the import was given up or carried out meanwhile.
    """
    known = understand(ledger, at)
    rows, versions = _compared(ledger, known.reading, by)
    if versions and (
        carried := carried_names(ledger.wishes, versions.previous.wishes, _names(known.reading))
    ):
        ledger.wishes = carried
        known = understand(ledger, at)
        rows, versions = _compared(ledger, known.reading, by)
    found = {"wishes": ledger.wishes, "memory": known.memory, **_found(known.reading, rows)}
    found["joined"] = known.joint.as_json() if known.joint else {}
    found.update(known_before(versions, found["counts"], ledger.source))
    # The import's own row first: reading and loading at once then queue for it instead of for each other.
    if not LedgerImport.objects.filter(pk=ledger.pk, state__in=OPEN).update(**found):
        raise Stale()
    LedgerRow.objects.filter(ledger=ledger).delete()
    pour_objects(rows)
    keep_matches(ledger, versions)
    for name, value in found.items():
        setattr(ledger, name, value)
    return ledger


def _compared(ledger: LedgerImport, reading: Reading, by: Actor) -> tuple[list[LedgerRow], Comparison | None]:
    """Rows with their verdicts, also beside the last version of the same ledger if there is one."""
    _mark_beyond_reach(reading, by)
    rows = rows_of(ledger, reading)
    ledger.columns = [{"header": one.header, "field": one.field} for one in reading.columns]
    return rows, compare_versions(ledger, rows, by)


def _mark_beyond_reach(reading: Reading, by: Actor) -> None:
    """Rows of units this person may not import for wait for a decision: skip them, or take them to the own unit."""
    wanted = {str(row.values.get("unit_id") or "") for row in reading.rows if not row.skipped}
    known = Unit.objects.in_bulk([int(found) for found in wanted if found.isdigit()])
    verdicts = {str(pk): may_take_for(by, unit) for pk, unit in known.items()}
    for row in reading.rows:
        found = str(row.values.get("unit_id") or "")
        may = may_open_units(by) if found.startswith("new:") else verdicts.get(found)
        if may is not None and not may:
            row.problem(BEYOND, "unit", may.reason, may.todo, blocking=True, value=row.text("unit"))


def _shape(reading: Reading) -> str:
    return hashlib.sha256(reading.signature.encode()).hexdigest()


def _found(reading: Reading, rows: list[LedgerRow]) -> dict[str, Any]:
    whole = reading.about_json()
    nothing = bool(reading.refused) and not rows
    return {
        "state": LedgerImport.State.UNREADABLE if nothing else LedgerImport.State.DRAFT,
        "refused": reading.refused,
        "layout": whole["layout"],
        "columns": _columns(whole["columns"], reading),
        "notes": whole["notes"],
        "names": _names(reading),
        "signature": _shape(reading),
        "counts": dict(Counter(row.verdict for row in rows), all=len(rows)),
    }


def rows_of(ledger: LedgerImport, reading: Reading) -> list[LedgerRow]:
    """The rows of a reading as they are kept, each with the key it is known by."""
    keys = origin_keys((row.values for row in reading.rows), home=ledger.home_id)
    here = set(taken_keys(ledger.source, keys))
    rows = []
    for order, (row, key) in enumerate(zip(reading.rows, keys, strict=True), 1):
        read = row.as_json()
        verdict = PRESENT if key in here and row.verdict != "skip" else row.verdict
        rows.append(
            LedgerRow(
                ledger=ledger,
                order=order,
                sheet=row.sheet[:100],
                source_row=row.source_row,
                verdict=verdict,
                cells=row.cells,
                values=read["values"],
                guessed=read["guessed"],
                problems=read["problems"],
                origin_key=key,
                said_key=said_key(row.values),
            )
        )
    return rows


def _columns(columns: list[dict[str, Any]], reading: Reading) -> list[dict[str, Any]]:
    return [{**column, "samples": reading.samples.get(column["index"], [])[:3]} for column in columns]


def _names(reading: Reading) -> dict[str, dict[str, int]]:
    """Names that were not found or found more than once, with the number of rows that wait for them."""
    waiting: dict[str, Counter[str]] = {"units": Counter(), "people": Counter()}
    for row in reading.rows:
        if row.skipped:
            continue
        for problem in row.problems:
            if problem.code in ("unknown_unit", "several_units", BEYOND) and problem.blocking:
                waiting["units"][problem.value] += 1
            elif problem.code in ("unknown_person", "several_people") and problem.blocking:
                waiting["people"][problem.value] += 1
    return {kind: dict(sorted(names.items(), key=lambda item: -item[1])) for kind, names in waiting.items()}
