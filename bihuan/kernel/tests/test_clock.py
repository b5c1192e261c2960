"""The clock at the head of every row: tone, days and the words of the look."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.kernel.clock import Clock, read_clock

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("due", "timing", "clock"),
    [
        (date(2026, 11, 17), "time_limited", Clock("late", -3, "逾期 3 天")),
        (date(2026, 11, 20), "time_limited", Clock("today", 0, "今天到期")),
        (date(2026, 11, 21), "immediate", Clock("soon", 1, "剩 1 天")),
        (date(2026, 11, 23), "", Clock("soon", 3, "剩 3 天")),
        (date(2026, 11, 24), "", Clock("later", 4, "剩 4 天")),
        (date(2026, 12, 31), "long_term", Clock("stage", 41, "节点 12月31日")),
        (date(2027, 3, 31), "long_term", Clock("stage", 131, "节点 2027年3月31日")),
        (date(2026, 11, 10), "long_term", Clock("late", -10, "逾期 10 天")),
        (None, "long_term", Clock("stage", None, "长期坚持")),
        (None, "time_limited", Clock("none", None, "未定期限")),
    ],
)
def test_it_reads_the_clock(due: date | None, timing: str, clock: Clock) -> None:
    assert read_clock(due, TODAY, timing) == clock


def test_a_closed_thing_has_no_days_however_late_it_was() -> None:
    late = TODAY - timedelta(days=99)
    assert read_clock(late, TODAY, closed=True) == Clock("done", None, "已销号")
    assert read_clock(late, TODAY, closed=True, closed_words="已作废").words == "已作废"


@given(st.integers(-2000, 2000), st.sampled_from(["", "immediate", "time_limited", "long_term"]))
def test_late_means_past_due_and_nothing_else(days: int, timing: str) -> None:
    clock = read_clock(TODAY + timedelta(days=days), TODAY, timing)
    assert (clock.tone == "late") is (days < 0)
    assert clock.days == days
