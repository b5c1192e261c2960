"""What the import page shows, as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .models import LedgerImport, LedgerRow
from .reading.fields import FIELDS, label_of

VERDICTS = {
    "fix": ("要处理", "late", "alert-circle"),
    "guessed": ("有推断", "busy", "wand"),
    "present": ("已有", "calm", "copy"),
    "skip": ("不导入", "calm", "minus"),
    "ok": ("可导入", "good", "circle-check"),
}
MOST_ROWS = 60
SAMPLE_HEAD, SAMPLE_TAIL = 3, 2


@dataclass(frozen=True, slots=True)
class RowLine:
    """One row of the dry run: what to look at first, and the one thing to do about it."""

    row: LedgerRow
    word: str
    tone: str
    icon: str
    message: str
    statement: str
    fix: dict[str, Any] | None = None
    more: int = 0


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
class Sum:
    """The rows by verdict, with the sum written out so that it can be checked."""

    parts: list[tuple[str, str, str, int]]
    total: int
    words: str
    shares: list[tuple[int, str]] = field(default_factory=list)


def lines(ledger: LedgerImport, verdict: str = "") -> list[RowLine]:
    """The rows that matter, those to mend first; at most MOST_ROWS of them."""
    rows = ledger.rows.order_by("order").select_related("problem")
    if verdict:
        return [_line(row) for row in rows.filter(verdict=verdict)[:MOST_ROWS]]
    found: list[LedgerRow] = []
    for code in VERDICTS:
        found += list(rows.filter(verdict=code)[: MOST_ROWS - len(found)])
    return [_line(row) for row in found]


def _line(row: LedgerRow) -> RowLine:
    word, tone, icon = VERDICTS[row.verdict]
    statement = str(row.values.get("statement") or "")
    todo = next((p for p in row.problems if p["blocking"]), None) or next(iter(row.problems), None)
    message = "各列都读得出"
    if row.verdict == "present":
        message = "和已导入的一行相同，不重复导入"
    elif todo is not None:
        message = todo["message"]
    elif row.guessed:
        message = row.guessed[0]["why"]
    more = len(row.problems) + len(row.guessed) - 1
    return RowLine(row, word, tone, icon, message, statement, todo, max(more, 0))


def column_lines(ledger: LedgerImport) -> list[ColumnLine]:
    """The columns with what they were taken for, in per cent of confidence, and why."""
    found = []
    for column in ledger.columns:
        group, _, header = str(column["header"]).rpartition("/")
        kept = column["field"] == "kept"
        percent = round(column["confidence"] * 100)
        found.append(
            ColumnLine(
                column["index"],
                group,
                header,
                next(iter(column.get("samples", [])), ""),
                "" if kept else column["field"],
                0 if kept else percent,
                "soon" if not kept and percent < 85 else "busy",
                column["reason"],
            )
        )
    return found


def field_choices() -> list[tuple[str, str]]:
    return [("kept", "不对应，原样留存"), *((code, label_of(code)) for code in FIELDS)]


def sum_of(ledger: LedgerImport) -> Sum:
    parts = [
        (code, word, tone, ledger.counts.get(code, 0))
        for code, (word, tone, _) in (
            ("ok", VERDICTS["ok"]),
            ("guessed", VERDICTS["guessed"]),
            ("present", VERDICTS["present"]),
            ("skip", VERDICTS["skip"]),
            ("fix", VERDICTS["fix"]),
        )
    ]
    shown = [part for part in parts if part[3]]
    total = ledger.counts.get("all", 0)
    words = " + ".join(str(part[3]) for part in shown) + f" = {total}" if shown else ""
    return Sum(shown, total, words, [(part[3], part[2]) for part in shown])


@dataclass(frozen=True, slots=True)
class PreviewRow:
    number: int
    kind: str
    cells: list[str]


def preview(ledger: LedgerImport) -> dict[str, Any]:
    """The sheet as it was understood: head, some data rows, foot, each row with what it was taken for."""
    sheets = ledger.layout.get("sheets", [])
    used = next((sheet for sheet in sheets if sheet["used"]), None)
    others = [sheet for sheet in sheets if not sheet["used"]]
    if used is None:
        return {"sheet": None, "others": others, "sheets": sheets, "columns": [], "rows": []}
    rows = list(ledger.rows.filter(sheet=used["name"][:100]).order_by("order")[:SAMPLE_HEAD])
    body = [
        PreviewRow(row.source_row, row.verdict, [cell_of(row, column) for column in ledger.columns])
        for row in rows
    ]
    columns = [
        {
            "letter": _letter(column["index"]),
            "header": str(column["header"]).rpartition("/")[2],
            "group": str(column["header"]).rpartition("/")[0],
        }
        for column in ledger.columns
    ]
    return {
        "sheet": used,
        "others": others,
        "sheets": sheets,
        "columns": columns,
        "rows": body,
        "more": max(used["data_rows"] - len(body), 0),
        "foot": used.get("foot", []),
        "groups": _groups(columns),
    }


def _groups(columns: list[dict[str, str]]) -> list[tuple[str, int]]:
    """Runs of the upper header row with their width, for merged cells."""
    runs: list[tuple[str, int]] = []
    for column in columns:
        if runs and runs[-1][0] == column["group"] and column["group"]:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((column["group"], 1))
    return runs if any(name for name, _ in runs) else []


def _letter(index: int) -> str:
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_of(row: LedgerRow, column: dict[str, Any]) -> str:
    """The cell of one column as it was read, as text."""
    if column["field"] == "kept":
        value = (row.values.get("kept") or {}).get(column["header"], "")
    elif column["field"] == "unit" and row.values.get("unit_roles"):
        value = row.values["unit_roles"].get(str(column["header"]).rpartition("/")[2], "")
    else:
        code = column["field"]
        value = row.values.get({"closed_state": "closed_raw", "grade": "grade_text"}.get(code, code))
        value = value or row.values.get(code) or ""
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)


def waiting_names(ledger: LedgerImport) -> list[dict[str, Any]]:
    """Names that stand in the way, with the rows that wait for each."""
    kinds = (("units", "单位"), ("people", "人员"))
    return [
        {"kind": kind, "label": label, "names": list(ledger.names.get(kind, {}).items())}
        for kind, label in kinds
        if ledger.names.get(kind)
    ]


@dataclass(frozen=True, slots=True)
class CellLine:
    index: int
    header: str
    label: str
    value: str
    guess: str
    problem: str
    todo: str
    long: bool


def row_cells(ledger: LedgerImport, row: LedgerRow) -> list[CellLine]:
    """Every cell of one row beside its column's field, with what was guessed and what is wrong about it."""
    guesses = {guess["field"]: guess["why"] for guess in row.guessed}
    problems = {problem["field"]: problem for problem in row.problems}
    cells = []
    for column in ledger.columns:
        value, code = cell_of(row, column), column["field"]
        wrong = problems.get(code, {})
        cells.append(
            CellLine(
                column["index"],
                str(column["header"]),
                "" if code == "kept" else label_of(code),
                value,
                guesses.get(code, ""),
                wrong.get("message", ""),
                wrong.get("todo", ""),
                len(value) > 40,
            )
        )
    return cells
