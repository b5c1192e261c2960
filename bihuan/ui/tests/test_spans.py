"""Spans of days in an address: read, said in words, refused with a sentence."""

from datetime import date

import pytest

from bihuan.ui.lists.spans import Span, read_span

TODAY = date(2026, 11, 20)  # a Friday

READS = [
    ("2026-11-20", date(2026, 11, 20), date(2026, 11, 20), "2026年11月20日"),
    ("2026-07-01..", date(2026, 7, 1), None, "2026年7月以来"),
    ("2026-07-05..", date(2026, 7, 5), None, "2026年7月5日以来"),
    ("..2026-11-30", None, date(2026, 11, 30), "2026年11月30日以前"),
    ("2026-02-01..2026-02-28", date(2026, 2, 1), date(2026, 2, 28), "2026年2月"),
    ("2026-01-01..2026-12-31", date(2026, 1, 1), date(2026, 12, 31), "2026年"),
    ("2026-11-18..2026-11-24", date(2026, 11, 18), date(2026, 11, 24), "2026年11月18日—2026年11月24日"),
    ("this-month", date(2026, 11, 1), date(2026, 11, 30), "本月"),
    ("last-month", date(2026, 10, 1), date(2026, 10, 31), "上月"),
    ("this-week", date(2026, 11, 16), date(2026, 11, 22), "本周"),
    ("before-today", None, date(2026, 11, 19), "今天以前"),
    ("next-3", TODAY, date(2026, 11, 23), "三天内"),
]


@pytest.mark.pure
@pytest.mark.parametrize(("raw", "start", "end", "words"), READS)
def test_reads_and_says(raw, start, end, words):
    assert read_span(raw, TODAY) == Span(start, end, raw)
    assert read_span(raw, TODAY).words == words


@pytest.mark.pure
def test_last_month_of_january_is_december():
    assert read_span("last-month", date(2026, 1, 5)).start == date(2025, 12, 1)


@pytest.mark.pure
@pytest.mark.parametrize(
    ("raw", "says"),
    [
        ("2026-09-31", "不是日期"),
        ("..", "没有写日期"),
        ("2026-11-20..2026-11-01", "晚于"),
        ("昨天", "不是日期"),
    ],
)
def test_refuses_with_a_sentence(raw, says):
    with pytest.raises(ValueError, match=says):
        read_span(raw, TODAY)
