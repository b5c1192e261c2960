"""The short words of a list say the same as `visible_to`, and a list costs the same for one row and for many."""

from __future__ import annotations

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from bihuan.problems import search
from bihuan.problems.actions.ask_transfer import ask_transfer
from bihuan.problems.actions.raise_problem import raise_problem
from bihuan.problems.lists import Ledger, sight
from bihuan.problems.models import Problem
from bihuan.problems.tests.story import STEPS, problem_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def ledger(world):
    """A problem in every state, one restricted, one supervised and one assisted from elsewhere, one offered."""
    for state in STEPS:
        problem_in(world, state)
    by = world.actor("safety_officer")
    elsewhere = [
        raise_problem(
            source="daily_check", unit=world.unit("iron_mill"), statement=f"高炉平台护栏第 {n} 处松动",
            found_on=world.day, by=by, at=world.at,
        )
        for n in range(4)
    ]  # fmt: skip
    Problem.objects.filter(pk=elsewhere[0].pk).update(supervisor=world.unit("hot_mill"))
    elsewhere[1].assisting.add(world.unit("furnace"))
    Problem.objects.filter(pk=elsewhere[2].pk).update(secrecy="restricted")
    given = problem_in(world, "planning")
    ask_transfer(
        problem=given, to_unit=world.unit("iron_mill"), reason="该平台归炼铁厂", by=world.actor("unit_head"), at=world.at
    )  # fmt: skip


def numbers(rows):
    return set(rows.values_list("number", flat=True))


@pytest.mark.parametrize(("few", "units"), [(5_000, 300), (0, 300), (5_000, 0), (0, 0)])
def test_a_list_shows_what_may_be_seen(world, ledger, monkeypatch, few, units):
    """Whether it goes by the units or walks, with the units as numbers or as a subquery."""
    monkeypatch.setattr(sight, "FEW", few)
    monkeypatch.setattr(sight, "MOST_UNITS", units)
    monkeypatch.setattr(sight, "MOST_OWN", units)
    seen = set()
    for word in world.people:
        actor = world.actor(word)
        page = Ledger(actor=actor, at=world.at, params=QueryDict())
        expected = numbers(Problem.objects.visible_to(actor))
        assert numbers(page.filtered()) == numbers(page.counted()) == expected, word
        assert {row.number for row in page.window.rows} == expected, word
        assert page.count == len(expected), word
        seen.add(len(expected))
    assert len(seen) > 4, "the people of the world see different things"


@pytest.mark.parametrize("common", [2_000, 1])
def test_a_word_finds_however_common(world, ledger, monkeypatch, common):
    monkeypatch.setattr(search, "COMMON", common)
    found = Problem.objects.containing("护栏 松动")
    assert numbers(found) == numbers(Problem.objects.filter(statement__contains="护栏"))
    for word, count in (("outsider", 4), ("unit_head", 2), ("worker_a", 0)):
        page = Ledger(actor=world.actor(word), at=world.at, params=QueryDict("q=护栏"))
        assert page.count == len(page.window.rows) == count, word
        assert {row.number for row in page.window.rows} <= numbers(found)


#: address -> most queries, for who sees all and for who sees a plant
PAGES = {
    "/problems/": (19, 24),
    "/problems/?q=护栏": (22, 27),
    "/problems/?stage=open&category=防护&sort=due": (20, 25),
    "/problems/?cols=supervisor&cols=raised&cols=first_due&cols=category&cols=place": (19, 24),
}
MOST_BYTES = 80 * 1024


def more(world, first, last):
    by = world.actor("safety_officer")
    for n in range(first, last):
        raise_problem(
            source="daily_check", unit=world.unit("hot_mill"), found_on=world.day, by=by, at=world.at,
            statement=f"{n} 号辊道护栏缺一段，防护罩缺失，检修人员可触及转动部位，立即整改并举一反三",
            category="机械防护", place=f"{n} 号线",
        )  # fmt: skip


@pytest.mark.parametrize("url", PAGES)
def test_a_list_asks_and_weighs_the_same(world, ledger, signed_in, url):
    Problem.objects.update(
        secrecy="normal"
    )  # a restricted problem on the page is written down: that is a write
    more(world, 0, 3)
    asked = {}
    for word, most in zip(("safety_officer", "unit_head"), PAGES[url], strict=True):
        client = signed_in(word)
        client.get(url)  # the first page of a session also notes that somebody is here
        with CaptureQueriesContext(connection) as few:
            assert client.get(url).status_code == 200
        assert len(few) <= most, "\n".join(q["sql"][:110] for q in few)
        asked[word] = (client, len(few))
    more(world, 3, 63)
    for word, (client, few) in asked.items():
        with CaptureQueriesContext(connection) as many:
            answer = client.get(url)
        assert len(many) <= few, f"{word}: more rows ask no more"
        assert len(answer.content) <= MOST_BYTES
