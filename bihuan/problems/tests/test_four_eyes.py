"""Ways round the second pair of eyes that people with two hats could find: none of them leads anywhere."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bihuan.kernel.actor import SYSTEM
from bihuan.kernel.refused import Refused
from bihuan.org.actions.grant_role import grant_role
from bihuan.org.tests.world import SINCE
from bihuan.problems.actions.ask_extension import ask_extension
from bihuan.problems.actions.ask_void import ask_void
from bihuan.problems.actions.comment import comment
from bihuan.problems.actions.decide_extension import decide_extension
from bihuan.problems.actions.decide_void import decide_void
from bihuan.problems.actions.record_guarantees import record_guarantees
from bihuan.problems.actions.reject import reject
from bihuan.problems.actions.reown import reown
from bihuan.problems.actions.report_progress import report_progress
from bihuan.problems.lists.query import LedgerQuery
from bihuan.problems.models import Problem
from bihuan.problems.policies import verdict
from bihuan.problems.reads import doers_of

from .story import hand_in, photo, problem_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_hats(world):
    """The second officer also reports for the mill, as happens in small departments."""
    grant_role(
        role="unit_liaison", unit=world.unit("hot_mill"), person=world.person("second_officer"),
        from_day=SINCE, by=SYSTEM, at=world.at,
    )  # fmt: skip
    return "second_officer"


def may_close(world, problem, who) -> bool:
    fresh = Problem.objects.select_related("unit").get(pk=problem.pk)
    return bool(verdict("close", fresh, by=world.actor(who), at=world.at))


def test_who_worked_on_it_in_an_earlier_round_does_not_close_a_later_one(world, two_hats):
    problem = problem_in(world, "rectifying")
    report_progress(problem=problem, by=world.actor(two_hats), at=world.at, text="我也办了一部分")
    hand_in(world, problem)
    reject(problem=problem, reason="缺证书", by=world.actor("safety_officer"), at=world.at)
    hand_in(world, problem)
    assert problem.round == 2
    assert not may_close(world, problem, two_hats)
    assert may_close(world, problem, "safety_officer"), "whoever sent it back is the same pair of eyes"
    waiting = LedgerQuery.seen_by(world.actor(two_hats), world.day).awaiting_me()
    assert not waiting.filter(pk=problem.pk).exists()
    assert world.person(two_hats) not in doers_of(problem, world.day, most=9).people


def test_handing_evidence_in_as_a_remark_is_work_on_it(world, two_hats):
    problem = problem_in(world, "rectifying")
    [first, *_] = problem.measures.order_by("order")
    comment(problem=problem, text="补一张", by=world.actor(two_hats), at=world.at,
            files=[photo("late", "evidence", first.pk)])  # fmt: skip
    hand_in(world, problem)
    assert not may_close(world, problem, two_hats)


def test_a_remark_without_evidence_takes_no_side(world, two_hats):
    problem = problem_in(world, "verifying")
    comment(
        problem=problem, text="看过现场", by=world.actor(two_hats), at=world.at, files=[photo("x", "paper")]
    )
    assert may_close(world, problem, two_hats)


def test_a_verifier_does_not_hand_in_evidence(world):
    problem = problem_in(world, "rectifying")
    with pytest.raises(Refused, match="不能是同一个人"):
        comment(problem=problem, text="替你传", by=world.actor("safety_officer"), at=world.at,
                files=[photo("y", "evidence")])  # fmt: skip


def test_who_was_in_charge_until_yesterday_does_not_close(world, two_hats):
    problem = problem_in(world, "rectifying")
    reown(
        problem=problem, lead=world.person(two_hats), reason="代管", by=world.actor("unit_head"), at=world.at
    )
    reown(
        problem=problem,
        lead=world.person("worker_a"),
        reason="交回",
        by=world.actor("unit_head"),
        at=world.at,
    )
    Problem.objects.filter(pk=problem.pk).update(lead=world.person("worker_a"))
    hand_in(world, problem)
    assert not may_close(world, problem, two_hats)


def test_a_lead_who_never_acted_stays_of_the_team(world, two_hats):
    problem = problem_in(world, "assigned")
    Problem.objects.filter(pk=problem.pk).update(lead=world.person(two_hats))
    problem.refresh_from_db()
    reown(
        problem=problem,
        lead=world.person("worker_a"),
        reason="换人",
        by=world.actor("unit_head"),
        at=world.at,
    )
    assert problem.parts.filter(person=world.person(two_hats), side="rectify").exists()


def test_who_benefits_does_not_decide_the_extension(world, two_hats):
    problem = problem_in(world, "rectifying")
    reown(
        problem=problem, lead=world.person(two_hats), reason="代管", by=world.actor("unit_head"), at=world.at
    )
    ask_extension(problem=problem, new_due_on=problem.due_on + timedelta(days=9), reason="检定所排期",
                  by=world.actor("liaison"), at=world.at)  # fmt: skip
    with pytest.raises(Refused, match="你是责任人"):
        decide_extension(problem=problem, granted=True, by=world.actor(two_hats), at=world.at)
    decide_extension(problem=problem, granted=True, by=world.actor("safety_officer"), at=world.at)
    assert problem.extended_times == 1


def test_who_wrote_the_guarantees_does_not_approve_them(world, two_hats):
    problem = problem_in(world, "plan_review", grade="major")
    record_guarantees(problem=problem, by=world.actor(two_hats), at=world.at, duty="厂长")
    with pytest.raises(Refused, match="参加了"):
        reject_or_approve(world, problem, two_hats)


def reject_or_approve(world, problem, who):
    from bihuan.problems.actions.return_plan import return_plan

    return_plan(problem=problem, reason="改", by=world.actor(who), at=world.at)


def test_who_answers_for_the_unit_neither_voids_nor_extends(world, two_hats):
    problem = problem_in(world, "rectifying")
    ask_void(problem=problem, reason="不算问题", by=world.actor("liaison"), at=world.at)
    ask_extension(problem=problem, new_due_on=problem.due_on + timedelta(days=9), reason="检定所排期",
                  by=world.actor("liaison"), at=world.at)  # fmt: skip
    for decide in (decide_void, decide_extension):
        with pytest.raises(Refused, match="你对责任单位负责"):
            decide(problem=problem, granted=True, by=world.actor(two_hats), at=world.at)
    decide_void(problem=problem, granted=True, by=world.actor("safety_officer"), at=world.at)
