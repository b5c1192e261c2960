"""The office's own layout given back: the columns of its ledger, filled with what the problems are today."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.db.models import prefetch_related_objects

from bihuan.areas.ledgers.models import LedgerImport, LedgerRow
from bihuan.areas.ledgers.reads.sheet import KEPT, filled_cell
from bihuan.areas.ledgers.words import GRADE_RAW
from bihuan.paper.xlsx import Book, Col
from bihuan.problems import states
from bihuan.problems.models import Problem

CHUNK = 500
_WIDE = ("statement", "measure", "demand", "progress_text")


def own_layout_book(
    ledger: LedgerImport,
    problems: Iterable[Problem],
    *,
    above: Iterable[str] = (),
    told: Callable[[int], Any] = int,
) -> Path:
    """Exactly these problems, in their order, in the columns of that import.

    A mapped column shows today's value; a column that was kept, and one the loop has nothing for, shows what
    the ledger had, where the problem came from this import. The caller has checked what may be seen. `told`
    hears how many rows are written.
    """
    columns = [_col(column) for column in ledger.columns]
    title = ledger.layout.get("title") or ledger.filename
    with Book() as book:
        sheet = book.sheet("台账", columns, heading=title, above=above)
        for part in _chunks(problems):
            rows = {row.problem_id: row for row in ledger.rows.filter(problem__in=[p.pk for p in part])}
            prefetch_related_objects(part, "measures", "assisting", "unit", "lead", "supervisor")
            for problem in part:
                row = rows.get(problem.pk) or LedgerRow(ledger=ledger, order=0, source_row=0)
                sheet.add([_today(problem, row, column, sheet.added + 1) for column in ledger.columns])
            told(sheet.added)
    return book.path


def _chunks(problems: Iterable[Problem]) -> Iterator[list[Problem]]:
    source = iter(problems)
    while part := list(islice(source, CHUNK)):
        yield part


def _col(column: dict[str, Any]) -> Col:
    group, _, label = str(column["header"]).rpartition("/")
    return Col(label, 40 if column["field"] in _WIDE else 14, group.replace("/", " "))


def _today(problem: Problem, row: LedgerRow, column: dict[str, Any], number: int) -> Any:
    """Today's value where the loop knows better than the file; else the cell as it was."""
    code = column["field"]
    was = filled_cell(row, column)
    if code == "seq_no":
        return was or number
    if code == KEPT or (code == "unit" and row.values.get("unit_roles")):
        return was
    known = _KNOWN.get(code)
    value = known(problem) if known else None
    return was if value in (None, "") else value


def _said(table: tuple[tuple[str, str], ...], code: str) -> str:
    return dict(table)[code]


def _closure(problem: Problem) -> str:
    """What only a ledger says is never written as verified here."""
    stated = problem.taken_over and not problem.closed_by_id and not problem.is_open
    return _said(states.CLOSURE, problem.closure) + ("（台账载明）" if stated else "")


def _measures(problem: Problem) -> str:
    measures = sorted(problem.measures.all(), key=lambda measure: measure.order)
    if len(measures) == 1:
        return measures[0].text
    return "\n".join(f"{measure.order}. {measure.text}" for measure in measures)


_KNOWN: dict[str, Callable[[Problem], Any]] = {
    "statement": lambda p: p.statement,
    "found_at": lambda p: p.found_on,
    "found_by": lambda p: p.found_by_name,
    "unit": lambda p: p.unit.shown,
    "assist_units": lambda p: "、".join(unit.shown for unit in p.assisting.all()),
    "person": lambda p: p.lead.name if p.lead else p.lead_text,
    "place": lambda p: p.place,
    "equipment": lambda p: p.equipment,
    "category": lambda p: p.category,
    "basis": lambda p: p.basis,
    "grade": lambda p: "" if p.extras.get(GRADE_RAW) else _said(states.GRADE, p.grade),
    "demand": lambda p: p.demand,
    "cause": lambda p: p.cause,
    "measure": _measures,
    "result_standard": lambda p: p.goal,
    "due": lambda p: p.due_on,
    "timing": lambda p: _said(states.TIMING, p.timing),
    "progress": lambda p: _said(states.PROGRESS, p.progress),
    "closed_state": _closure,
    "done_at": lambda p: p.closed_at or p.stated_closed_on,
    "supervise_unit": lambda p: p.supervisor.shown if p.supervisor else "",
}
