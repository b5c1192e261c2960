"""The plan of rectification: its lists, what a machine sees in them, the review by several bodies at once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bihuan.areas.outcome.actions.amend_plan import amend_plan
from bihuan.areas.outcome.actions.ask_plan_review import ask_plan_review
from bihuan.areas.outcome.actions.merge_comments import merge_comments
from bihuan.areas.outcome.actions.prepare_plan import prepare_plan
from bihuan.areas.outcome.actions.review_plan import review_plan
from bihuan.areas.outcome.actions.start_plan import start_plan
from bihuan.areas.outcome.actions.submit_plan import submit_plan
from bihuan.areas.outcome.models import PlanComment, PlanEdition, PlanReview
from bihuan.areas.outcome.policies.plan import sees_comments
from bihuan.areas.outcome.reads.clock import concentrated_end
from bihuan.areas.outcome.reads.lists import changes_between, faults_in, is_vague, lines_of
from bihuan.areas.outcome.reads.standing import departments_of
from bihuan.kernel.refused import Missing, Refused
from bihuan.problems.models import Measure, Problem
from bihuan.record.models import Event

from .closing_story import HEAD, LIAISON, Closing
from .story import OFFICE

pytestmark = pytest.mark.django_db


@pytest.fixture
def closing(world) -> Closing:
    return Closing(world)


def faults(closing: Closing) -> list[str]:
    leaders = {closing.world.person(HEAD).pk}
    found = faults_in(lines_of(closing.given), leaders, concentrated_end(closing.given))
    return [f"{one.place} {one.kind} {one.text}" for one in found]


def test_the_way_of_a_plan(closing):
    plan = closing.plan("reviewed")
    assert [review.verdict for review in PlanReview.objects.all()] == ["passed"] * 3
    merge_comments(plan=plan, result="agreed", merged={}, **closing.as_("discipline"))
    start_plan(plan=plan, on=closing.day, document="热轧党发〔2025〕5 号", **closing.as_(LIAISON))
    plan.refresh_from_db()
    assert (plan.state, plan.edition, plan.started_on) == ("in_force", 1, closing.day)
    edition = PlanEdition.objects.get()
    assert edition.pledged_by == closing.world.person(HEAD) and not edition.late
    assert len(edition.rows) == 2 and edition.rows[0]["measures"][0]["standard"] == "入账凭证 1 份"
    kinds = list(Event.objects.filter(stream=plan.stream).order_by("seq").values_list("kind", flat=True))
    assert kinds[:2] == ["outcome.plan_prepared", "outcome.plan_submitted"]
    assert kinds[-2:] == ["outcome.plan_agreed", "outcome.plan_started"]


def test_what_the_machine_does_not_let_pass(closing):
    closing.measured()
    assert faults(closing) == []
    one, other = closing.problems
    Measure.objects.filter(problem=one).update(
        text="进一步加强管理", standard="明显改进", owner=None, due_on=None
    )
    Measure.objects.filter(problem=other).update(due_on=concentrated_end(closing.given) + timedelta(days=1))
    Problem.objects.filter(pk=other.pk).update(lead=closing.world.person("worker_a"), due_on=None)
    assert faults(closing) == [
        "1 measure 第 1 条措施没有能查验的结果",
        "1 deadline 第 1 条措施没有期限",
        "1 duty 第 1 条措施没有责任人",
        "2 deadline 没有期限",
        "2 deadline 第 1 条措施晚于集中整改期满",
        "2 duty 责任领导不是班子成员",
    ]
    Measure.objects.filter(problem=one).delete()
    Problem.objects.filter(pk=other.pk).update(timing="long_term")
    assert "1 measure 没有措施" in faults(closing)
    assert "2 deadline 长期坚持没有阶段目标" in faults(closing)
    Problem.objects.filter(pk=one.pk).update(closure="void", is_open=False)
    closing.given.items.filter(problem=other).update(problem=None)
    assert faults(closing) == ["1 problem 已经作废", "2 problem 没有下达整改"]


@pytest.mark.parametrize(
    ("text", "standard", "vague"),
    [
        ("清退违规列支的费用", "", True),
        ("清退违规列支的费用", "清退到账", False),
        ("进一步加强检查", "有明显改进", True),
        ("进一步加强检查", "每月检查两次，有记录", False),
        ("强化培训", "培训 87 人", False),
        ("提高认识", "思想上高度重视", True),
    ],
)
def test_a_vague_measure(text, standard, vague):
    assert is_vague(text, standard) is vague


def test_what_is_refused_before_the_review(closing):
    said = {"head": closing.world.person(HEAD), "leaders": [], "met_on": closing.day}
    for word in (OFFICE, "team_leader", "outsider", "secretary"):
        with pytest.raises(Refused, match="被巡察党组织"):
            prepare_plan(feedback=closing.given, **said, **closing.as_(word))
    with pytest.raises(Refused, match="不在"):
        outsider = {**said, "leaders": [closing.world.person("outsider")]}
        prepare_plan(feedback=closing.given, **outsider, **closing.as_(LIAISON))
    with pytest.raises(Refused, match="今天以后"):
        later = {**said, "met_on": closing.day + timedelta(days=1)}
        prepare_plan(feedback=closing.given, **later, **closing.as_(LIAISON))
    plan = closing.prepared()
    with pytest.raises(Refused, match="已经有人在编"):
        closing.prepared()
    with pytest.raises(Refused, match="没有措施"):
        submit_plan(plan=plan, pledge=True, **closing.as_(HEAD))
    closing.measured()
    with pytest.raises(Refused, match="组长签字背书"):
        submit_plan(plan=plan, pledge=True, **closing.as_(LIAISON))
    with pytest.raises(Refused, match="没有签字背书"):
        submit_plan(plan=plan, pledge=False, **closing.as_(HEAD))
    Problem.objects.filter(pk=closing.problems[0].pk).update(statement="改过的表述")
    with pytest.raises(Refused, match="第 1 件问题的表述和反馈意见不一致"):
        submit_plan(plan=plan, pledge=True, **closing.as_(HEAD))


def test_a_plan_that_comes_late_is_shown_as_late(closing):
    closing.measured()
    plan = closing.prepared()
    last = closing.given.days.get(code="plan").latest_on
    at = closing.at + (last - closing.day) + timedelta(days=1)
    said = {"standing": closing.standing(HEAD), "by": closing.actor(HEAD), "at": at}
    assert submit_plan(plan=plan, pledge=True, **said).late


def test_several_review_and_one_list_goes_back(closing):
    plan = closing.plan("reviewing")
    closing.says(plan, "discipline", "returned", p1="追责没有写", p0="总体可行")
    closing.says(plan, "personnel", p1="补任职谈话")
    with pytest.raises(Refused, match="巡察办还没有会审"):
        merge_comments(plan=plan, result="returned", merged={}, **closing.as_(OFFICE))
    closing.says(plan, "office")
    with pytest.raises(Refused, match="纪检机构建议退回"):
        merge_comments(plan=plan, result="agreed", merged={}, **closing.as_(OFFICE))
    ask, talk = PlanComment.objects.get(text="追责没有写"), PlanComment.objects.get(text="补任职谈话")
    merged = {ask.pk: "写明追责，并补任职谈话", talk.pk: ""}
    merge_comments(plan=plan, result="returned", merged=merged, **closing.as_(OFFICE))
    assert set(PlanComment.objects.exclude(merged="").values_list("merged", flat=True)) == {
        "写明追责，并补任职谈话",
        "总体可行",
    }
    Measure.objects.filter(problem=closing.problems[0]).update(standard="处分决定 1 份")
    with pytest.raises(Refused, match="没有说明怎样采纳"):
        submit_plan(plan=plan, pledge=True, **closing.as_(HEAD))
    submit_plan(plan=plan, pledge=True, answer="都采纳", **closing.as_(HEAD))
    first, second = PlanEdition.objects.order_by("number")
    assert changes_between(first.rows, second.rows) == [(1, ["措施改写 1 条"])]
    assert second.reviews.count() == 3 and not second.reviews.exclude(verdict="").exists()


def test_each_reviewer_speaks_for_its_body_alone(closing):
    plan = closing.plan("reviewing")
    review = closing.review(plan, "discipline")
    said = {"review": review, "verdict": "passed", "comments": {}}
    for word in ("personnel", "leading", "unit_head", "outsider", "team_leader"):
        with pytest.raises(Missing):
            review_plan(**said, **closing.as_(word))
    with pytest.raises(Refused, match="没有选结论"):
        review_plan(review=review, verdict="", comments={}, **closing.as_("discipline"))
    with pytest.raises(Refused, match="建议退回要写意见"):
        review_plan(review=review, verdict="returned", comments={}, **closing.as_("discipline"))
    closing.says(plan, "discipline", p1="追责没有写")
    with pytest.raises(Refused, match="已经会审过"):
        review_plan(**{**said, "review": closing.review(plan, "discipline")}, **closing.as_("discipline"))
    review.refresh_from_db()
    seen = {
        word: sees_comments(review, closing.standing(word), (), merged=False)
        for word in ("discipline", "personnel", OFFICE, "unit_head", "team_leader", "leading")
    }
    assert seen == {
        "discipline": True, "personnel": False, OFFICE: True, "unit_head": False, "team_leader": False,
        "leading": False,
    }  # fmt: skip


def test_a_department_reviews_what_it_was_asked(closing):
    plan = closing.plan("reviewing")
    unit = closing.world.unit("safety_dept")
    with pytest.raises(Refused, match="由巡察办请"):
        ask_plan_review(plan=plan, unit=unit, **closing.as_("discipline"))
    with pytest.raises(Refused, match="没有请宣传部门"):
        ask_plan_review(plan=plan, unit=unit, body="publicity", **closing.as_(OFFICE))
    made = ask_plan_review(plan=plan, unit=unit, **closing.as_(OFFICE))
    with pytest.raises(Refused, match="已经请"):
        ask_plan_review(plan=plan, unit=unit, **closing.as_(OFFICE))
    review = PlanReview.objects.select_related("edition__plan__feedback__task").get(pk=made.pk)
    departments = departments_of(closing.actor("department"))
    said = {"review": review, "verdict": "passed", "comments": {0: "费用提取比例要写"}}
    with pytest.raises(Missing):
        review_plan(**said, **closing.as_("department"))
    review_plan(**said, departments=departments, **closing.as_("department"))
    assert PlanComment.objects.get().text == "费用提取比例要写"


def test_leaders_may_change_until_the_review(closing):
    plan = closing.prepared()
    said = {"head": closing.world.person(HEAD), "leaders": [closing.world.person("secretary")]}
    amend_plan(plan=plan, met_on=closing.day, **said, **closing.as_(LIAISON))
    assert plan.leaders.count() == 2
    closing.measured()
    submit_plan(plan=plan, pledge=True, **closing.as_(HEAD))
    with pytest.raises(Refused, match="不能改"):
        amend_plan(plan=plan, met_on=closing.day, **said, **closing.as_(LIAISON))
