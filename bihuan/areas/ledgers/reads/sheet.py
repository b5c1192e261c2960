"""The file as it was understood: its columns, a piece of the sheet, the cells of one row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from bihuan.areas.ledgers.models import LedgerImport, LedgerRow
from bihuan.areas.ledgers.reading.draft import cell_key
from bihuan.areas.ledgers.reading.fields import FIELDS, label_of
from bihuan.areas.ledgers.reading.joining import BASE, GROUP
from bihuan.areas.ledgers.words import NOT_MAPPED, TOTAL_ROW, data_rows

KEPT = "kept"
SAMPLE_ROWS, MOST_FOOT, LIKELY = 4, 3, 85
#: fields whose findings stand under another field of the same cell
_UNDER = {
    "due": ("timing", "due_text"),
    "progress": ("done_at",),
    "closed_state": ("progress",),
    "person": ("assist_people",),
}


@dataclass(frozen=True, slots=True)
class ColumnLine:
    index: int
    group: str
    header: str
    sample: str
    field: str
    percent: int
    tone: str
    reason: str


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    css: str = ""
    wide: int = 1
    high: int = 1


@dataclass(frozen=True, slots=True)
class SheetRow:
    number: str
    css: str
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Preview:
    """A piece of the sheet with what each row and cell was taken for; `sheet` is None where none is used."""

    sheet: dict[str, Any] | None
    others: list[dict[str, Any]]
    letters: list[str] = field(default_factory=list)
    rows: list[SheetRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class CellLine:
    """One cell of a row with its field. `key` names the input of the row's form."""

    index: int
    header: str
    label: str
    value: str
    guess: str
    problem: str
    todo: str
    long: bool
    blocking: bool


def column_lines(ledger: LedgerImport) -> list[ColumnLine]:
    """The columns with what they were taken for, in per cent of confidence, and why."""
    found = []
    for column in ledger.columns:
        group, _, header = str(column["header"]).rpartition("/")
        kept = column["field"] == KEPT
        percent = 0 if kept else round(column["confidence"] * 100)
        tone = "soon" if not kept and percent < LIKELY else "busy"
        samples = column.get("samples", [])
        sample = "、".join(samples) if samples and max(map(len, samples)) <= 2 else next(iter(samples), "")
        name = "" if kept else column["field"]
        found.append(
            ColumnLine(column["index"], group, header, sample, name, percent, tone, column["reason"])
        )
    return found


def field_choices() -> list[tuple[str, str]]:
    return [(KEPT, NOT_MAPPED), *((code, label_of(code)) for code in FIELDS)]


def preview(ledger: LedgerImport) -> Preview:
    """Title, header, the first data rows with tinted cells, foot: as a person would recognise the sheet."""
    sheets = ledger.layout.get("sheets", [])
    used = next((sheet for sheet in sheets if sheet["used"]), None)
    others = [sheet for sheet in sheets if not sheet["used"]]
    if used is None:
        return Preview(None, others)
    rows = list(ledger.rows.filter(sheet=used["name"][:100]).order_by("order")[:SAMPLE_ROWS])
    columns = _columns_of(ledger, rows)
    wide, other = len(columns), used.get("other_rows", {})
    drawn = [
        _across(number, "is-title", used["title"], wide)
        for number in other.get("title", [])[:1]
        if used["title"]
    ]
    drawn += _head(used, columns)
    drawn += [
        SheetRow(
            str(row.source_row),
            "",
            [Cell(_short(cell_of(row, column)), _tint(row, column)) for column in columns],
        )
        for row in rows
    ]
    if used["data_rows"] > len(rows):
        more = data_rows(used["data_rows"], used["first_data_row"], used["last_data_row"])
        drawn.append(_across("⋮", "is-more", more, wide))
    drawn += _foot(used, other, wide)
    return Preview(used, others, [_letter(column["index"]) for column in columns], drawn)


def _foot(used: dict[str, Any], other: dict[str, list[int]], wide: int) -> list[SheetRow]:
    """Totals and notes below the data, which are no problems."""
    after = used["first_data_row"]
    notes = zip([row for row in other.get("note", []) if row > after], used.get("foot", []), strict=False)
    said = {**{row: TOTAL_ROW for row in other.get("total", []) if row > after}, **dict(notes)}
    return [_across(row, "is-foot", said[row], wide) for row in sorted(said)[:MOST_FOOT]]


def _columns_of(ledger: LedgerImport, rows: Iterable[LedgerRow]) -> list[dict[str, Any]]:
    """The columns of the table these rows stand in; other sheets may have others."""
    known = {key for row in rows for key in row.cells}
    own = [column for column in ledger.columns if _key(column) in known]
    return own or list(ledger.columns)


def _across(number: Any, css: str, text: str, wide: int) -> SheetRow:
    return SheetRow(str(number), css, [Cell(text.replace("\n", "  ")[:160], "", wide)])


def _head(used: dict[str, Any], columns: list[dict[str, Any]]) -> list[SheetRow]:
    """One header row, or two with the groups merged over their columns as in the file."""
    rows = used["header_rows"]
    parts = [str(column["header"]).rpartition("/") for column in columns]
    if not any(group for group, _, _ in parts):
        return [SheetRow(str(rows[-1]) if rows else "", "is-head", [Cell(name) for _, _, name in parts])]
    upper: list[Cell] = []
    for place, (group, _, name) in enumerate(parts):
        if not group:
            upper.append(Cell(name, high=2))
        elif place and parts[place - 1][0] == group:
            upper[-1] = Cell(group, wide=upper[-1].wide + 1)
        else:
            upper.append(Cell(group))
    lower = [Cell(name) for group, _, name in parts if group]
    return [SheetRow(str(rows[0]), "is-head", upper), SheetRow(str(rows[-1]), "is-head is-low", lower)]


def _tint(row: LedgerRow, column: dict[str, Any]) -> str:
    codes = (column["field"], *_UNDER.get(column["field"], ()))
    if any(problem["field"] in codes and problem["blocking"] for problem in row.problems):
        return "is-wrong"
    said = [*row.guessed, *row.problems]
    return "is-guess" if any(one["field"] in codes for one in said) else ""


def _short(text: str) -> str:
    return text if len(text) <= 28 else f"{text[:27]}…"


def _letter(index: int) -> str:
    """As the sheet shows it; columns of an annex stand under their own letters."""
    if index >= BASE:
        return f"{GROUP[0]}{_letter(index - BASE)}"
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _key(column: dict[str, Any]) -> str:
    return cell_key(column["index"], str(column["header"]))


def cell_of(row: LedgerRow, column: dict[str, Any]) -> str:
    """The cell as it stands in the file; empty for a column of another sheet's table."""
    return str(row.cells.get(_key(column), ""))


def filled_cell(row: LedgerRow, column: dict[str, Any]) -> str:
    """The cell, or where it is empty what was read for it: values of merged cells and of 同上."""
    own = cell_of(row, column)
    if own or column["field"] == KEPT or _key(column) not in row.cells:
        return own
    value = row.values.get(column["field"])
    return "、".join(map(str, value)) if isinstance(value, list) else str(value or "")


def row_cells(ledger: LedgerImport, row: LedgerRow) -> list[CellLine]:
    """Every cell of one row beside its column's field, with what was guessed and what is wrong about it."""
    guesses = {guess["field"]: guess["why"] for guess in reversed(row.guessed)}
    problems = {problem["field"]: problem for problem in reversed(row.problems)}
    cells = []
    for column in _columns_of(ledger, [row]):
        value, code = cell_of(row, column), column["field"]
        codes = (code, *_UNDER.get(code, ()))
        wrong = next((problems[one] for one in codes if one in problems), {})
        if wrong.get("value") and row.values.get("unit_roles") and wrong["value"] not in value:
            wrong = {}
        guess = next((guesses[one] for one in codes if one in guesses), "")
        cells.append(
            CellLine(
                column["index"], str(column["header"]).rpartition("/")[2], "" if code == KEPT else label_of(code), value,
                guess, wrong.get("message", ""), wrong.get("todo", ""), len(value) > 30 or "\n" in value or code == "statement",
                bool(wrong.get("blocking")),
            )
        )  # fmt: skip
    return cells
