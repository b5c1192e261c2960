"""The short version of each long series, and the frame they run in."""

import pytest

from bench.contract import Figure, milliseconds
from soak.__main__ import series
from soak.contract import Budget, Place

SHORT_S = 3
#: series that bring a database of their own: once is enough
OWN_DATABASE = {"api", "scale", "tell"}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=pytest.mark.pure) if name in OWN_DATABASE else name for name in series()],
)
def test_a_short_run_finds_nothing(name):
    budget = Budget(SHORT_S)
    series()[name].run(budget)
    assert budget.rounds >= 1
    assert budget.faults == []


def test_a_series_goes_on_where_it_was_left(tmp_path):
    budget = Budget(0, Place(tmp_path, "x").next_round())
    assert list(budget.numbers()) == [1]
    Place(tmp_path, "x").keep(budget)
    assert Place(tmp_path, "x").next_round() == 2


def test_a_series_ends_in_time():
    budget = Budget(0.2)
    for number in budget.numbers():
        budget.fault(number, "seen")
    assert len(budget.faults) == budget.rounds > 100


@pytest.mark.parametrize(
    ("better", "value", "holds"), [("less", 5, True), ("less", 6, False), ("more", 4, False)]
)
def test_a_figure_is_judged(better, value, holds):
    assert Figure("f", "", "ms", 5, ours=lambda: value, better=better).holds(value) is holds


def test_the_median_is_taken():
    calls = []
    assert milliseconds(lambda: calls.append(1), times=5, warm=2) >= 0
    assert len(calls) == 7
