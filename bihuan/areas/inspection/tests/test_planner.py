"""The planner: rules that must hold, wishes that are weighed, and what it says when nothing fits."""

from __future__ import annotations

from collections import Counter

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.areas.inspection.actions.change_scope import change_scope
from bihuan.areas.inspection.actions.deal_tasks import deal_tasks
from bihuan.areas.inspection.actions.keep_proposal import keep_proposal
from bihuan.areas.inspection.actions.open_term import open_term
from bihuan.areas.inspection.models import Proposal, ProposedTask, Task, TeamTask
from bihuan.areas.inspection.reads.planner import Org, Weights, deal, lay_out
from bihuan.areas.inspection.reads.proposing import slots_left, waiting_in
from bihuan.kernel.refused import Refused
from bihuan.org.tests.world import AT

from .story import Story

TRADES = ("钢铁", "矿业", "工程", "新材料")


def some(count: int) -> list[Org]:
    """Organisations that differ in everything, the same each time."""
    return [Org(n, (n * 7) % 11, (n * 13) % 40, TRADES[n % 4 if n % 3 else 0]) for n in range(1, count + 1)]


@pytest.mark.parametrize(("count", "most"), [(39, 6), (400, 60)])
def test_everybody_has_one_place_and_no_round_too_many(count, most):
    layout = lay_out(some(count), 10, [most] * 10, Weights())
    assert sorted(layout.place) == list(range(1, count + 1))
    assert max(Counter(layout.place.values()).values()) <= most
    assert layout.seconds < 10


def test_the_urgent_come_first():
    orgs = [Org(n, years, 0) for n, years in enumerate((0, 2, 4, 6, 8, 10))]
    layout = lay_out(orgs, 3, [2, 2, 2], Weights(long=10, problems=0, industry=0, balance=0))
    assert [layout.place[n] for n in (5, 4, 3, 2, 1, 0)] == [0, 0, 1, 1, 2, 2]


def test_problems_count_when_they_are_weighed_and_not_when_they_are_not():
    orgs = [Org(1, 5, 0), Org(2, 5, 30)]
    assert lay_out(orgs, 2, [1, 1], Weights(long=0, problems=10)).place == {2: 0, 1: 1}
    off = Weights(long=10, problems=0, industry=0, balance=0)
    assert lay_out([Org(1, 6, 0), Org(2, 5, 30)], 2, [1, 1], off).place == {1: 0, 2: 1}


def test_one_trade_is_not_crowded_into_one_round():
    orgs = [Org(n, 10 if n < 3 else 0, 0, "矿业" if n < 3 else "钢铁") for n in range(6)]
    weights = Weights(long=1, problems=0, industry=10, balance=0)
    together = lay_out(orgs, 3, [2] * 3, Weights(long=1, problems=0, industry=0, balance=0)).place
    apart = lay_out(orgs, 3, [2] * 3, weights).place
    assert len({together[n] for n in range(3)}) == 2
    assert len({apart[n] for n in range(3)}) == 3


def test_what_was_put_by_hand_stays_and_the_others_go_around_it():
    orgs = [Org(1, 10, 0, fixed=2), Org(2, 0, 0), Org(3, 1, 0)]
    place = lay_out(orgs, 3, [1, 1, 1], Weights()).place
    assert place[1] == 2 and {place[2], place[3]} == {0, 1}


def test_where_nothing_fits_it_names_the_rules_and_without_full_coverage_takes_the_most_urgent():
    orgs = [Org(n, n, 0) for n in range(10)]
    assert set(lay_out(orgs, 2, [2, 2], Weights()).clash) == {"cover", "load"}
    some_of = lay_out(orgs, 2, [2, 2], Weights(cover=False, problems=0, industry=0)).place
    assert sorted(some_of) == [6, 7, 8, 9]


def test_teams_are_dealt_alike_without_whom_must_stay_away():
    orgs = some(12)
    tied = {(1, 0), (1, 1), (2, 2)}
    dealt = deal(orgs, 3, tied, 5, Weights(), {3: 1})
    assert sorted(Counter(dealt.team.values()).values()) == [4, 4, 4]
    assert dealt.team[1] == 2 and dealt.team[2] != 2 and dealt.team[3] != 1
    assert all(
        sorted(dealt.order[pk] for pk in dealt.team if dealt.team[pk] == t) == [0, 1, 2, 3] for t in range(3)
    )
    assert dealt.seconds < 2


def test_when_every_team_must_stay_away_it_says_from_whom():
    dealt = deal(some(4), 2, {(2, 0), (2, 1)}, 4, Weights(), {})
    assert dealt.stuck == (2,) and "ties" in dealt.clash and dealt.team == {}


@pytest.fixture
def story(world) -> Story:
    return Story(world)


@pytest.mark.django_db
def test_only_who_is_left_waits(story):
    term = story.term()
    assert len(waiting_in(term, story.day, story.office)) == 2
    assert [slot.shown for slot in slots_left(term, story.day, 1)][:2] == ["2025年第1轮", "2026年第1轮"]
    story.entered()
    assert [one.org.code for one in waiting_in(term, story.day, story.office)] == ["DZB-RZ-1"]
    assert slots_left(term, story.day, 1)[0].shown == "2026年第1轮"


@time_machine.travel(AT)
@pytest.mark.django_db
def test_a_proposal_is_kept_and_a_round_filled_from_it(story, signed_in):
    term, office = story.term(), signed_in("inspection_officer")
    story.framework()
    asked = (
        f"/inspection/terms/{term.pk}/planner/?per_year=1&teams=1&entry=simultaneous&per_team=1&days=45&span=90&cover=on"
        "&long=6&problems=4&industry=2&balance=4"
    )
    page = office.get(asked).content.decode()
    assert "2025年第1轮" in page and "本届和以前都没有巡察过" in page
    moved = office.get(f"{asked}&slot-{story.world.party['mill'].pk}=3").content.decode()
    assert "手工定在这里" in moved and "2028年第1轮" in moved
    assert office.get(asked.replace("teams=1", "teams=0")).status_code == 400
    both = "".join(f"&slot-{story.world.party[word].pk}=0" for word in ("mill", "joint"))
    assert "手工放进同一轮的有 2 家" in office.get(asked + both).content.decode()
    one_by_one = office.get(asked.replace("simultaneous", "sequential") + both).content.decode()
    assert "手工放进同一轮" not in one_by_one and "2025年第1轮" in one_by_one
    office.post(asked)
    kept = Proposal.objects.get()
    assert kept.rows.count() == 2 and "排期提案" in office.get("/inspection/").content.decode()
    story.round()
    row = ProposedTask.objects.get(year=2025)
    sent = {
        "rows": [row.pk], "framework": story.framework().pk, "entry": "simultaneous", "from_day": "2025-09-15",
        "to_day": "2025-10-15",
    }  # fmt: skip
    assert row.org.shown in office.get("/inspection/rounds/R1/proposal/").content.decode()
    office.post("/inspection/rounds/R1/proposal/", sent)
    assert Task.objects.get().org == row.org


@time_machine.travel(AT)
@pytest.mark.django_db
@pytest.mark.parametrize(("url", "most"), [("terms/{}/planner/", 20), ("rounds/R1/dealing/", 22)])
def test_more_organisations_ask_no_more(story, signed_in, url, most):
    term = open_term(
        title="规划",
        first_year=2025,
        last_year=2029,
        orgs=[story.world.party["mill"]],
        by=story.office,
        at=story.at,
    )
    found = story.round()
    if "dealing" in url:
        story.team(found)
        story.task(found)
    office, address = signed_in("inspection_officer"), f"/inspection/{url.format(term.pk)}"
    office.get(address)
    with CaptureQueriesContext(connection) as few:
        assert office.get(address).status_code == 200
    change_scope(term=term, orgs=story.world.party.values(), why="", by=story.office, at=story.at)
    if "dealing" in url:
        story.task(found, "joint")
        story.team(found, "duty_officer", "rules_keeper")
    with CaptureQueriesContext(connection) as many:
        assert office.get(address).status_code == 200
    assert len(many) <= len(few) <= most


@pytest.mark.django_db
def test_a_proposal_that_cannot_be_is_refused(story):
    term = story.term()
    said = {"term": term, "rules": {}, "by": story.office, "at": story.at}
    pk = story.world.party["mill"].pk
    for places, reason in (
        ({}, "一家也没有"),
        ({pk: (2040, 1, "", False)}, "不在"),
        ({story.world.party["committee"].pk: (2025, 1, "", False)}, "已不在巡察范围"),
    ):
        with pytest.raises(Refused, match=reason):
            keep_proposal(places=places, **said)


@pytest.mark.django_db
def test_tasks_are_dealt_around_those_who_must_stay_away(story, signed_in):
    found = story.round()
    tasks = [story.task(found), story.task(found, mode="special")]
    story.team(found, "liaison", "unit_head")
    free = story.team(found)
    office = signed_in("inspection_officer")
    page = office.get("/inspection/rounds/R1/dealing/").content.decode()
    assert "要回避：第一巡察组" in page and f'value="{free.pk}" selected' in page
    org = story.world.party["mill"].pk
    office.post("/inspection/rounds/R1/dealing/", {f"org-{org}": free.pk})
    assert {row.team_id for row in TeamTask.objects.all()} == {free.pk} and TeamTask.objects.count() == 2
    with pytest.raises(Refused, match="不一样了"):
        deal_tasks(round=found, teams={tasks[0].pk: 10**6}, by=story.office, at=story.at)
