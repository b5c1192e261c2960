"""One filter, from the address to the queryset and to the words, and back into the address."""

from datetime import date

import pytest
from django.http import QueryDict

from bihuan.kernel.actor import NOBODY
from bihuan.ui.lists import Choice, Filter
from bihuan.ui.lists.filters import Active

TODAY = date(2026, 11, 20)
UNITS = [("3", "炼铁厂"), ("4", "焦化厂"), ("5", "热轧厂")]
STATE = [("a", "整改中"), Choice("open", "未销号", "尚未销号")]


class Rows:
    """Notes which of its methods was called, with what."""

    def __init__(self):
        self.called = None

    def __getattr__(self, name):
        def method(value):
            self.called = (name, value)
            return self

        return method


def active(filter, query):
    return Active(filter, QueryDict(query), NOBODY, TODAY)


CASES = [
    (Filter("in_units", "单位", choices=UNITS), "in_units=3", ("in_units", ("3",)), "炼铁厂", "单位炼铁厂"),
    (
        Filter("in_units", "单位", choices=UNITS, phrase="{}"),
        "in_units=3&in_units=4&in_units=5",
        ("in_units", ("3", "4", "5")),
        "炼铁厂、焦化厂等 3 个",
        "炼铁厂、焦化厂等 3 个",
    ),
    (Filter("s", "销号", choices=STATE, multiple=False), "s=open", ("s", "open"), "未销号", "尚未销号"),
    (
        Filter("text", "文字", kind="text", method="matching"),
        "text=煤气",
        ("matching", "煤气"),
        "煤气",
        "文字煤气",
    ),
    (Filter("late", "逾期", kind="flag"), "late=1", ("late", True), "是", "逾期"),
    (Filter("round", "轮次", kind="number", phrase="第 {} 轮"), "round=2", ("round", 2), "2", "第 2 轮"),
]


@pytest.mark.pure
@pytest.mark.parametrize(("filter", "query", "called", "words", "said"), CASES)
def test_narrows_and_says(filter, query, called, words, said):
    one = active(filter, query)
    assert one.narrow(Rows()).called == called
    assert (one.words, one.said) == (words, said)
    assert one.pairs == [tuple(pair.split("=")) for pair in query.split("&")]


@pytest.mark.pure
def test_dates_come_as_span_or_as_two_fields():
    found = Filter("found", "发现", kind="date", phrase="{}发现")
    written, two_fields = (
        active(found, "found=2026-07-01.."),
        active(found, "found.from=2026-07-01&found.to="),
    )
    assert written.value.start == two_fields.value.start == date(2026, 7, 1)
    assert written.pairs == two_fields.pairs == [("found", "2026-07-01..")]
    assert written.said == "2026年7月以来发现"


@pytest.mark.pure
@pytest.mark.parametrize(
    ("filter", "query", "says"),
    [
        (Filter("in_units", "单位", choices=UNITS), "in_units=99", "没有这个选项"),
        (Filter("found", "发现", kind="date"), "found=2026-09-31", "不是日期"),
        (Filter("round", "轮次", kind="number"), "round=二", "不是数"),
    ],
)
def test_what_cannot_be_read_is_said_and_not_applied(filter, query, says):
    one = active(filter, query)
    rows = Rows()
    assert not one.on and one.narrow(rows) is rows and rows.called is None
    assert says in one.problem and "没有按它筛选" in one.problem


@pytest.mark.pure
def test_a_long_list_names_only_what_is_chosen():
    def fetched_too_early(actor):
        raise AssertionError("the whole list was read")

    lazy = Filter(
        "in_units", "单位", choices=fetched_too_early, lazy=True, labels=lambda values: {"3": "炼铁厂"}
    )
    assert active(lazy, "in_units=3").words == "炼铁厂"
