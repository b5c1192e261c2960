"""One problem on several lines: a second measure with its own owner and deadline belongs to the problem above."""

from __future__ import annotations

from .draft import Row
from .fields import FIELDS, label_of

MEASURE_SIDE = frozenset(
    (
        "measure",
        "person",
        "unit",
        "assist_units",
        "leader",
        "due",
        "timing",
        "progress",
        "progress_text",
        "done_at",
        "result_standard",
        "remark",
        "demand",
        "closed_state",
        "verifier",
        "verified_at",
    )
)
"""Fields a second line of the same problem may fill: one more measure with its own owner and deadline."""


def is_second_line(row: Row, filled: set[str], mapped: set[str]) -> bool:
    """Without merges a second measure stands on a line that leaves number and problem empty.

    `filled`: fields whose cell is filled on this line; `mapped`: fields the table has.
    """
    if "statement" in row.values or "seq_no" in row.values or "origin_no" in row.values:
        return False
    if "statement" not in mapped or not ({"seq_no", "origin_no"} & mapped):
        return False
    return "measure" in filled and filled <= MEASURE_SIDE


def append_line(row: Row, line: Row) -> None:
    """Take a further line into its problem: as one more entry of `measures`, the rest under `kept`."""
    values = {code: value for code, value in line.values.items() if code in FIELDS}
    own = {
        code: value
        for code, value in values.items()
        if code in MEASURE_SIDE and value != row.values.get(code)
    }
    if set(own) - {"timing"}:
        first = {code: row.values[code] for code in MEASURE_SIDE if code in row.values}
        lines = row.values.setdefault("measures", [first])
        assert isinstance(lines, list)
        lines.append(own)
        said = str(own.get("measure", ""))[:60]
        row.guess(
            "measure",
            f"第 {line.source_row} 行",
            said,
            f"第 {line.source_row} 行是同一个问题的另一条措施，已并入",
        )
        row.guessed.extend(line.guessed)
        row.problems.extend(
            problem for problem in line.problems if problem.code not in ("no_statement", "no_unit")
        )
    _keep_rest(row, line)
    for key, text in line.cells.items():
        if text and text not in row.cells.get(key, ""):
            row.cells[key] = f"{row.cells.get(key, '')}\n{text}".strip()


def _keep_rest(row: Row, line: Row) -> None:
    """Cells of the other lines that are neither measure nor new are not lost either."""
    rest = {
        label_of(code): value
        for code, value in line.values.items()
        if code in FIELDS
        and code not in MEASURE_SIDE
        and isinstance(value, str)
        and value != row.values.get(code)
    }
    kept = line.values.get("kept")
    if isinstance(kept, dict):
        rest.update(kept)
    if rest:
        held = row.values.setdefault("kept", {})
        assert isinstance(held, dict)
        for name, value in rest.items():
            held[f"{name}（第 {line.source_row} 行）"] = value
