"""Figures from the command line: the period is understood or refused, never guessed."""

from datetime import UTC, date, datetime

import pytest

from bihuan.config import facts
from bihuan.kernel.refused import Refused
from bihuan.registry import shelf
from bihuan.registry.contract import Fact, FactRow

AT = datetime(2026, 9, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026-9", date(2026, 9, 1), date(2026, 9, 30)),
        ("2026-09-03", date(2026, 9, 3), date(2026, 9, 3)),
        ("2026-01-01..2026-03-31", date(2026, 1, 1), date(2026, 3, 31)),
        ("2026-01-01至2026-03-31", date(2026, 1, 1), date(2026, 3, 31)),
        ("", None, None),
    ],
)
def test_a_period_is_read(words, start, end):
    found = facts.period_of(words)
    assert (found.start, found.end) == (start, end)


@pytest.mark.parametrize("words", ["2026-13", "2026-02-30", "去年", "2026-03-31..2026-01-01", "R"])
@pytest.mark.django_db
def test_a_wrong_period_is_refused(words):
    with pytest.raises(Refused) as refusal:
        facts.period_of(words)
    assert refusal.value.todo


@pytest.mark.django_db
def test_an_unknown_unit_is_refused():
    with pytest.raises(Refused, match="没有单位"):
        facts.scope_of("不存在的单位")


@pytest.mark.parametrize(("kind", "value"), [("rate", 0.75), ("count", 6)])
def test_rows_add_up(monkeypatch, kind, value):
    def compute(scope, period, at):
        assert (scope.unit_id, period.words, at) == (None, "2026", AT)
        return [FactRow("1", "炼铁厂", 2, 3, ("a", "b")), FactRow("2", "炼钢厂", 4, 5, ("c",))]

    monkeypatch.setattr(shelf, "facts", lambda: {"t.rate": Fact("t.rate", "试", compute, kind=kind)})
    answer = facts.computed("t.rate", period="2026", unit="", at=AT)
    assert (answer["numerator"], answer["denominator"], answer["value"]) == (6, 8, value)
    assert answer["rows"][0]["keys"] == ["a", "b"]


def test_without_a_base_there_is_no_rate(monkeypatch):
    monkeypatch.setattr(shelf, "facts", lambda: {"t": Fact("t", "试", lambda *_: [])})
    assert facts.computed("t", period="", unit="", at=AT)["value"] is None


def test_an_unknown_code_is_refused():
    with pytest.raises(Refused, match="没有指标"):
        facts.computed("no.such", period="", unit="", at=AT)
