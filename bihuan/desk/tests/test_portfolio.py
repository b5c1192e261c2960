"""我分管的: the ledger and the desk of a leader, with figures that open exactly what they count."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.desk.reads.portfolio import portfolio_panel
from bihuan.org.tests.test_portfolios import give, line_of
from bihuan.problems.lists import Ledger
from bihuan.problems.models import Problem
from bihuan.problems.tests import story


@pytest.fixture
def three(world):
    """One of the hot mill, one of the line elsewhere, one of neither; the first is late and of the line as well."""
    rows = (
        story.raised(world, statement="热轧煤气", unit=world.unit("furnace"), category="煤气"),
        story.raised(world, statement="炼铁煤气", unit=world.unit("iron_mill"), category="煤气"),
        story.raised(world, statement="炼铁消防", unit=world.unit("iron_mill"), category="消防"),
    )
    late = world.day - timedelta(days=3)
    Problem.objects.filter(pk=rows[0].pk).update(due_on=late, first_due_on=late)
    return rows


def numbers(world, who: str, query: str) -> set[str]:
    from django.http import QueryDict

    page = Ledger(actor=world.actor(who), at=world.at, params=QueryDict(query.partition("?")[2]))
    return set(page.filtered().values_list("statement", flat=True))


def test_the_ledger_has_what_is_theirs(world, three, signed_in):
    client = signed_in("leader")
    assert "我分管的</" not in client.get("/problems/").content.decode().split("<tbody")[0]
    give(world, unit=world.unit("hot_mill"))
    assert numbers(world, "leader", "?mine=portfolio") == {"热轧煤气"}
    line = line_of(world, "安全", "煤气")
    give(world, line=line)
    assert numbers(world, "leader", "?mine=portfolio") == {"热轧煤气", "炼铁煤气"}
    assert numbers(world, "leader", f"?line={line.pk}") == {"热轧煤气", "炼铁煤气"}
    page = client.get("/problems/", {"line": line.pk}).content.decode()
    assert "业务线安全" in page and "mine=portfolio" in page
    assert numbers(world, "leader", "?line=99") == set()


def test_a_portfolio_gives_no_right(world, three):
    give(world, "outsider", unit=world.unit("hot_mill"))
    assert numbers(world, "outsider", "?mine=portfolio") == set()
    panel = portfolio_panel(world.actor("outsider"), world.at)
    assert (panel.open, panel.late) == (0, 0)


def test_the_figures_of_the_desk_open_what_they_count(world, three, signed_in):
    assert portfolio_panel(world.actor("leader"), world.at) is None
    give(world, unit=world.unit("hot_mill"))
    give(world, line=line_of(world, "安全", "煤气"))
    panel = portfolio_panel(world.actor("leader"), world.at)
    assert (panel.open, panel.late) == (2, 1), "one that is of the unit and of the line counts once"
    assert [(line.label, line.open, line.late) for line in panel.lines] == [("热轧厂", 1, 1), ("安全", 2, 1)]
    for shown in (panel, *panel.lines):
        assert len(numbers(world, "leader", shown.url)) == shown.open
        assert len(numbers(world, "leader", shown.late_url)) == shown.late
    page = signed_in("leader").get("/").content.decode()
    assert "我分管的" in page and "未销号 2 件" in page


def test_the_desk_asks_two_questions_more(world, three):
    actor = world.actor("leader")
    give(world, unit=world.unit("hot_mill"))
    with CaptureQueriesContext(connection) as one:
        portfolio_panel(actor, world.at)
    give(world, line=line_of(world, "安全", "煤气"))
    with CaptureQueriesContext(connection) as two:
        portfolio_panel(actor, world.at)
    assert len(one) == len(two) == 2


def test_a_portfolio_handed_over_is_theirs_no_more(world, three):
    give(world, unit=world.unit("hot_mill"), from_day=world.day + timedelta(days=1))
    assert numbers(world, "leader", "?mine=portfolio") == set()
