"""Term, scope, year plan: what they do, what they refuse, who sees them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bihuan.areas.inspection.actions.approve_term import approve_term
from bihuan.areas.inspection.actions.approve_year import approve_year
from bihuan.areas.inspection.actions.change_scope import change_scope
from bihuan.areas.inspection.actions.keep_framework import keep_framework
from bihuan.areas.inspection.actions.open_term import open_term
from bihuan.areas.inspection.actions.plan_year import plan_year
from bihuan.areas.inspection.actions.return_year import return_year
from bihuan.areas.inspection.actions.review_year import review_year
from bihuan.areas.inspection.models import ScopeOrg, Term, YearPlan
from bihuan.areas.inspection.reads import coverage_of
from bihuan.kernel.refused import Refused, Stale
from bihuan.record.models import Event

from .story import MEETING, Story

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(world) -> Story:
    return Story(world)


def test_a_term_pins_its_rules_and_says_who_is_in_scope(story):
    term = story.term(approved=False)
    assert [row.org.code for row in term.scope.order_by("id")] == ["DW-RZ", "DZB-RZ-1"]
    assert term.rule_pack.pack == "inspection"
    event = Event.objects.get(kind="inspection.term_opened")
    assert event.by_id == story.office.person_id and event.data["first_year"] == 2025


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"title": " "}, "规划要有名称"),
        ({"last_year": 2024}, "不是一届任期"),
        ({"last_year": 2031}, "不是一届任期"),
        ({"first_year": 2029, "last_year": 2030}, "年度重叠"),
    ],
)
def test_a_term_that_cannot_be_is_refused(story, given, reason):
    if reason == "年度重叠":
        story.term(approved=False)
    said = {"title": "规划", "first_year": 2025, "last_year": 2029, "orgs": [], **given}
    with pytest.raises(Refused, match=reason):
        open_term(by=story.office, at=story.at, **said)


@pytest.mark.parametrize("word", ["safety_officer", "unit_head", "leader", "outsider", "system_admin"])
def test_only_the_office_plans(story, word):
    by = story.world.actor(word)
    with pytest.raises(Refused, match="由巡察办编"):
        open_term(title="规划", first_year=2025, last_year=2029, orgs=[], by=by, at=story.at)


def test_whoever_drew_it_up_does_not_approve_it(story):
    term = story.term(approved=False)
    for by in (story.office, story.world.actor("safety_officer")):
        with pytest.raises(Refused, match="领导小组成员记"):
            approve_term(term=term, on=story.day, document=MEETING, by=by, at=story.at)
    with pytest.raises(Refused, match="今天以后"):
        approve_term(
            term=term, on=story.day + timedelta(days=1), document=MEETING, by=story.lead, at=story.at
        )
    approve_term(term=term, on=story.day, document=MEETING, by=story.lead, at=story.at)
    with pytest.raises(Refused, match="已经批准"):
        approve_term(term=term, on=story.day, document=MEETING, by=story.lead, at=story.at)


def test_nothing_in_scope_is_no_plan(story):
    term = open_term(title="规划", first_year=2025, last_year=2029, orgs=[], by=story.office, at=story.at)
    with pytest.raises(Refused, match="还没有列入一个党组织"):
        approve_term(term=term, on=story.day, document=MEETING, by=story.lead, at=story.at)


def test_what_leaves_the_scope_leaves_with_a_reason_and_is_kept(story):
    term, mill = story.term(), story.world.party["mill"]
    with pytest.raises(Refused, match="移出 1 个党组织要写原因"):
        change_scope(term=term, orgs=[mill], why="", by=story.office, at=story.at)
    change_scope(term=term, orgs=[mill], why="并入热轧厂党总支", by=story.office, at=story.at)
    gone = ScopeOrg.objects.get(org=story.world.party["joint"])
    assert (gone.left_on, gone.why_left) == (story.day, "并入热轧厂党总支")
    assert coverage_of(term, story.day).total == 1
    change_scope(term=term, orgs=[mill, story.world.party["joint"]], why="", by=story.office, at=story.at)
    assert coverage_of(term, story.day).total == 2
    with pytest.raises(Refused, match="没有变化"):
        change_scope(term=term, orgs=[mill, story.world.party["joint"]], why="", by=story.office, at=story.at)


def test_a_year_is_reviewed_then_approved_by_others(story):
    plan = story.year()
    said = {"on": story.day, "document": MEETING, "at": story.at}
    with pytest.raises(Refused, match="还没有排一个轮次"):
        review_year(plan=plan, by=story.lead, **said)
    story.round()
    with pytest.raises(Refused, match="领导小组成员记"):
        review_year(plan=plan, by=story.office, **said)
    with pytest.raises(Stale):
        approve_year(plan=plan, by=story.lead, **said)
    review_year(plan=plan, by=story.lead, **said)
    return_year(plan=plan, text="炼铁厂提前", by=story.lead, at=story.at)
    assert (plan.state, plan.reviewed_on) == ("draft", None)
    review_year(plan=plan, by=story.lead, **said)
    approve_year(plan=plan, by=story.lead, **said)
    assert YearPlan.objects.get().state == "approved"
    assert Event.objects.get(kind="inspection.year_approved").data["meeting"] == MEETING


def test_of_two_who_decide_one_is_told(story):
    plan = story.year()
    story.round()
    other = YearPlan.objects.select_related("term").get()
    said = {"on": story.day, "document": MEETING, "by": story.lead, "at": story.at}
    review_year(plan=plan, **said)
    with pytest.raises(Stale):
        review_year(plan=other, **said)


def test_a_year_outside_the_term_or_twice_is_refused(story):
    term = story.term()
    with pytest.raises(Refused, match="不在2025—2029年规划里"):
        plan_year(term=term, year=2031, by=story.office, at=story.at)
    plan_year(term=term, year=2026, by=story.office, at=story.at)
    with pytest.raises(Refused, match="已经有年度计划"):
        plan_year(term=term, year=2026, by=story.office, at=story.at)


def test_focus_items_keep_their_order_and_their_title(story):
    kept = story.framework()
    assert [item.title for item in kept.items.order_by("order")] == ["上级决策部署落实", "从严治党"]
    with pytest.raises(Refused, match="已经有了"):
        keep_framework(title="四个落实", items=["一"], special=False, by=story.office, at=story.at)
    with pytest.raises(Refused, match="至少一条"):
        keep_framework(title="三个聚焦", items=[" "], special=False, by=story.office, at=story.at)


def test_plans_are_for_the_office_and_the_leaders(story):
    story.term()
    seen = {word for word in story.world.people if Term.objects.visible_to(story.world.actor(word)).exists()}
    assert seen == {"inspection_officer", "leader"}
