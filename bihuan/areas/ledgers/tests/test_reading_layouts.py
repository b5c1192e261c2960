"""Every layout comes in with no click: each problem once, in its own words, and no wrong value without its mark."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from bihuan.areas.ledgers.reading.draft import Row
from bihuan.areas.ledgers.reading.read import read_ledger
from bihuan.areas.ledgers.reading.result import Reading

from .layouts import LAYOUTS, Sample
from .truth import BASE


def _read(sample: Sample) -> Reading:
    return read_ledger(sample.data, sample.name, base=BASE)


def _marked(row: Row) -> set[str]:
    return {guess.field for guess in row.guessed} | {problem.field for problem in row.problems}


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_every_problem_comes_in_once_and_nothing_else(layout: Callable[[], Sample]) -> None:
    sample = layout()
    reading = _read(sample)
    assert reading.refused == ""
    got = Counter(row.text("statement") for row in reading.rows)
    assert got == Counter(str(one["statement"]) for one in sample.expected)
    assert all(row.verdict in ("ok", "guessed") for row in reading.rows)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_no_wrong_value_without_a_mark(layout: Callable[[], Sample]) -> None:
    sample = layout()
    rows = {row.text("statement"): row for row in _read(sample).rows}
    wrong, unmarked = [], []
    for one in sample.expected:
        row = rows[str(one["statement"])]
        for code, value in one.items():
            if row.values.get(code) == value:
                continue
            wrong.append((row.source_row, code, value, row.values.get(code)))
            if code not in _marked(row):
                unmarked.append(wrong[-1])
    assert unmarked == []
    assert len(wrong) * 20 <= sum(len(one) for one in sample.expected), wrong


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_every_column_is_mapped_or_kept_with_a_reason(layout: Callable[[], Sample]) -> None:
    report = _read(layout()).as_json()
    assert report["columns"]
    for column in report["columns"]:  # type: ignore[attr-defined]
        assert column["reason"]
        assert 0 <= column["confidence"] <= 1


@pytest.mark.parametrize(
    "layout", [layout for layout in LAYOUTS if layout().notes], ids=lambda layout: layout.__name__
)
def test_what_was_not_read_is_said(layout: Callable[[], Sample]) -> None:
    sample = layout()
    said = "\n".join(_read(sample).notes)
    assert all(note in said for note in sample.notes)
