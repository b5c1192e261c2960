"""Notices nobody has seen, drawn by lot: every problem is read with what is written beside it, and nothing else is."""

from __future__ import annotations

from datetime import date

import pytest

from bihuan.areas.ledgers.reading.read import read_ledger

from .notice_truth import Truth, drawn

BASE = date(2026, 11, 20)


def _read(row) -> Truth:
    values = row.values
    return Truth(
        str(values.get("statement", "")).replace("。\n", "\n").rstrip("。"),
        str(values.get("unit", "")),
        str(values.get("due", "")),
        str(values.get("timing", "")),
        str(values.get("deduction", "")),
    )


@pytest.mark.parametrize("seed", range(120))
def test_what_was_written_is_what_was_read(seed):
    notice = drawn(seed)
    reading = read_ledger(notice.data, "通报.docx", base=BASE)
    assert not reading.refused
    wanted = [Truth(t.statement.rstrip("。"), t.unit, t.due, t.timing, t.deduction) for t in notice.truths]
    assert [_read(row) for row in reading.rows] == wanted
    told = next(note for note in reading.notes if note.startswith(("总数相符", "总数不符")))
    assert told.startswith("总数相符") == (notice.stated == len(notice.truths))


@pytest.mark.parametrize("seed", range(0, 120, 6))
def test_nothing_of_the_document_is_lost_and_rows_have_an_address(seed):
    reading = read_ledger(drawn(seed).data, "通报.docx", base=BASE)
    whole = reading.as_json()
    lines = whole["layout"]["paragraphs"]
    assert [line["no"] for line in lines] == sorted(line["no"] for line in lines)
    assert len({(row.sheet, row.source_row) for row in reading.rows}) == len(reading.rows)
    assert {line["row"] for line in lines if line["kind"] == "problem"} == set(
        range(1, len(reading.rows) + 1)
    )
    for row in reading.rows:
        text = "\n".join(
            line["text"] for line in lines if line["row"] and reading.rows[line["row"] - 1] is row
        )
        for part in str(row.values["statement"]).split("\n"):
            assert part in text
