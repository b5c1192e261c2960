"""Two files of one ledger: problems in one, what was determined about them in another (五定、措施). Joined by a key.

The key is not named by anybody: it is the column of both whose values meet. Lines that find no problem, and problems
no line speaks of, are counted and listed; nothing is dropped.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from bihuan.kernel.text import fold

from .draft import Row, cell_key
from .fields import FIELDS, KEPT
from .lines import MEASURE_SIDE
from .mapping import Column
from .result import Reading

#: columns of the annex stand behind those of the ledger: their index counts from here
BASE = 1000
GROUP = "附表"
#: of the annex's lines, the share that must find their problem
SHARE, SHARE_OTHER_NAME = 0.5, 0.9
#: what a measure itself holds
_CARRIED = ("measure", "person", "due", "result_standard")
_UNIQUE, _FILLED, _MOST_LISTED = 0.95, 0.8, 200


@dataclass(frozen=True, slots=True)
class Joint:
    """How two files meet: the columns of the key on both sides, and what met.

    `one`, `several`: problems with one line and with more; `alone` and `loose` are rows of the ledger without a line
    and lines of the annex without a problem, as they count in their files.
    """

    ledger_key: tuple[str, ...]
    annex_key: tuple[str, ...]
    lines: int
    met: int
    one: int
    several: int
    alone: tuple[int, ...] = ()
    loose: tuple[int, ...] = ()
    loose_cells: tuple[dict[str, str], ...] = field(default=(), repr=False)

    @property
    def share(self) -> float:
        return round(self.met / self.lines, 3) if self.lines else 0.0

    def as_json(self) -> dict[str, object]:
        return {
            "ledger_key": list(self.ledger_key),
            "annex_key": list(self.annex_key),
            "lines": self.lines,
            "met": self.met,
            "share": self.share,
            "one": self.one,
            "several": self.several,
            "without_line": list(self.alone[:_MOST_LISTED]),
            "without_line_count": len(self.alone),
            "without_problem": [
                {"source_row": row, "cells": cells}
                for row, cells in zip(self.loose[:_MOST_LISTED], self.loose_cells, strict=False)
            ],
            "without_problem_count": len(self.loose),
        }


@dataclass(frozen=True, slots=True)
class _Key:
    ledger: tuple[Column, ...]
    annex: tuple[Column, ...]
    score: float


def is_ledger(reading: Reading) -> bool:
    """Whether a file holds problems; an annex speaks of problems that stand elsewhere."""
    return any(column.field == "statement" for column in reading.columns)


def join(ledger: Reading, annex: Reading, chosen: frozenset[int] = frozenset()) -> Joint | None:
    """Put the lines of the annex to their problems, in place. None, and nothing is touched, where no column meets.

    `chosen`: columns of the annex (from BASE) whose field a person set.
    """
    key = _key_of(ledger, annex)
    if key is None:
        return None
    columns = _deadline(ledger, [column for column in annex.columns if column not in key.annex], chosen)
    by_key: dict[tuple[str, ...], Row] = {}
    for row in ledger.rows:
        if value := _value(row, key.ledger):
            by_key.setdefault(value, row)
    lines: dict[int, list[Row]] = defaultdict(list)
    loose: list[Row] = []
    for line in annex.rows:
        found = by_key.get(_value(line, key.annex) or ())
        (lines[id(found)] if found is not None else loose).append(line)
    for row in ledger.rows:
        _attach(row, lines.get(id(row), []), columns)
    ledger.columns = [*ledger.columns, *(_shifted(column) for column in columns)]
    for column in columns:
        ledger.samples[column.index + BASE] = annex.samples.get(column.index, [])
    sizes = Counter(len(found) for found in lines.values())
    return Joint(
        tuple(column.header for column in key.ledger),
        tuple(column.header for column in key.annex),
        lines=len(annex.rows),
        met=len(annex.rows) - len(loose),
        one=sizes[1],
        several=sum(count for size, count in sizes.items() if size > 1),
        alone=tuple(row.source_row for row in ledger.rows if id(row) not in lines),
        loose=tuple(line.source_row for line in loose),
        loose_cells=tuple(_shown(line) for line in loose[:_MOST_LISTED]),
    )


def key_share(ledger: Sequence[dict[str, str]], annex: Sequence[dict[str, str]]) -> float:
    """The best share of annex lines whose value in some column stands in a column of the same header there.

    Both are cells by `cell_key`, as rows keep them: to say which ledger an annex may belong to.
    """
    values: dict[str, set[str]] = defaultdict(set)
    for cells in ledger:
        for name, text in cells.items():
            values[_header(name)].add(_norm(text))
    best = 0.0
    for name in {name for cells in annex for name in cells}:
        held = [text for cells in annex if (text := _norm(cells.get(name, "")))]
        known = values.get(_header(name))
        if known and len(set(held)) * 2 > len(annex):
            best = max(best, sum(1 for text in held if text in known) / len(held))
    return best


def _header(name: str) -> str:
    return fold(name.partition(" ")[2])


def _norm(text: str) -> str:
    plain = fold(text)
    return plain[:-2] if plain.endswith(".0") else plain


def _cell(row: Row, column: Column) -> str:
    return _norm(row.cells.get(cell_key(column.index, column.header), ""))


def _value(row: Row, columns: Sequence[Column]) -> tuple[str, ...] | None:
    values = tuple(_cell(row, column) for column in columns)
    return values if all(values) else None


def _key_of(ledger: Reading, annex: Reading) -> _Key | None:
    """One column on each side if one meets; else two or three of the same names together."""
    keys = list(_single_keys(ledger, annex)) or list(_joint_keys(ledger, annex))
    return max(keys, key=lambda key: key.score, default=None)


def _single_keys(ledger: Reading, annex: Reading) -> Iterator[_Key]:
    for own in ledger.columns:
        for other in annex.columns:
            same = fold(own.leaf) == fold(other.leaf)
            numbers = own.field in ("origin_no", "statement") or (own.field == "seq_no" and same)
            least = SHARE if same else SHARE_OTHER_NAME if numbers else 2.0
            share = _share(ledger, annex, (own,), (other,))
            if share >= least:
                yield _Key((own,), (other,), share + 0.5 * same + 0.1 * numbers)


def _joint_keys(ledger: Reading, annex: Reading) -> Iterator[_Key]:
    named = {fold(column.leaf): column for column in annex.columns}
    both = [(own, named[fold(own.leaf)]) for own in ledger.columns if fold(own.leaf) in named][:8]
    for size in (2, 3):
        for pairs in combinations(both, size):
            own, other = tuple(pair[0] for pair in pairs), tuple(pair[1] for pair in pairs)
            share = _share(ledger, annex, own, other)
            if share >= SHARE:
                yield _Key(own, other, share - 0.1 * size)


def _share(ledger: Reading, annex: Reading, own: Sequence[Column], other: Sequence[Column]) -> float:
    """The share of annex lines that meet; 0 where the ledger's side does not tell its problems apart."""
    values = [value for row in ledger.rows if (value := _value(row, own))]
    held = [value for line in annex.rows if (value := _value(line, other))]
    if not held or len(values) < _FILLED * len(ledger.rows):
        return 0.0
    known = set(values)
    if len(known) < _UNIQUE * len(values):
        return 0.0
    return sum(1 for value in held if value in known) / len(annex.rows)


def _deadline(ledger: Reading, columns: list[Column], chosen: frozenset[int]) -> list[Column]:
    """Where neither file has a deadline and most problems are not done, the day of rectification is the deadline."""
    if any(column.field == "due" for column in (*ledger.columns, *columns)):
        return columns
    open_ones = sum(1 for row in ledger.rows if row.values.get("progress") not in ("done", None))
    if open_ones * 2 < len(ledger.rows):
        return columns
    why = "两份都没有期限一列，多数问题没办完，这一列按期限看，也可能是完成日期，请看一眼"
    return [
        replace(column, field="due", confidence=0.7, reason=why)
        if column.field == "done_at" and column.index + BASE not in chosen
        else column
        for column in columns
    ]


def _shifted(column: Column) -> Column:
    """The column as it stands beside the ledger's: what is no part of a measure is kept as it is."""
    own = column.field if column.field in MEASURE_SIDE else KEPT
    return replace(column, index=column.index + BASE, path=(GROUP, *column.path), field=own)


def _attach(row: Row, lines: list[Row], columns: list[Column]) -> None:
    """Each line is a measure; what the problem itself does not say is filled from them, the rest is kept."""
    for column in columns:
        texts = dict.fromkeys(line.cells.get(cell_key(column.index, column.header), "") for line in lines)
        own = _shifted(column)
        row.cells[cell_key(own.index, own.header)] = "\n".join(text for text in texts if text)
    if not lines:
        return
    measures = [_measure(line, columns) for line in lines]
    if row.text("measure"):
        own_line = {code: row.values[code] for code in MEASURE_SIDE if code in row.values}
        measures.insert(0, own_line)
    row.values["measures"] = measures
    row.values.setdefault("measure", measures[0].get("measure", ""))
    _fill(row, measures, columns)
    _keep(row, lines, columns)


def _measure(line: Row, columns: list[Column]) -> dict[str, object]:
    found = {code: value for code, value in line.values.items() if code in MEASURE_SIDE}
    moved = any(column.field == "due" for column in columns) and "due" not in found
    if moved and (day := found.pop("done_at", None)):
        found["due"] = day
    return found


def _fill(row: Row, measures: list[dict[str, object]], columns: list[Column]) -> None:
    for code in MEASURE_SIDE - {"measure"}:
        values = [value for one in measures if (value := one.get(code))]
        if code in row.values or not values or code not in FIELDS:
            continue
        days = code in ("due", "done_at", "verified_at")
        row.values[code] = max(str(value) for value in values) if days else values[0]
        weak = next((one for one in columns if one.field == code and one.confidence < 0.76), None)
        if weak is not None:
            row.guess(code, "", str(row.values[code]), f"附表“{weak.leaf}”：{weak.reason}")
    if "due" in row.values:
        row.values.setdefault("timing", "time_limited")


def _keep(row: Row, lines: list[Row], columns: list[Column]) -> None:
    kept = row.values.setdefault("kept", {})
    assert isinstance(kept, dict)
    for column in columns:
        texts = dict.fromkeys(line.cells.get(cell_key(column.index, column.header), "") for line in lines)
        texts.pop("", None)
        if column.field in _CARRIED or (column.field in MEASURE_SIDE and len(texts) < 2):
            continue
        if said := "；".join(texts):
            kept[f"{GROUP} {column.leaf}" if column.leaf in kept else column.leaf] = said


def _shown(line: Row) -> dict[str, str]:
    return {name.partition(" ")[2]: text for name, text in line.cells.items() if text}
