"""What was asked, proven or owned before a problem ended, moved or came back does not reach past that."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bihuan.kernel.actor import SYSTEM
from bihuan.kernel.refused import Invalid, Refused
from bihuan.org.actions.grant_role import grant_role
from bihuan.org.tests.world import SINCE
from bihuan.problems.actions.approve_plan import approve_plan
from bihuan.problems.actions.ask_extension import ask_extension
from bihuan.problems.actions.ask_transfer import ask_transfer
from bihuan.problems.actions.ask_void import ask_void
from bihuan.problems.actions.assign import assign
from bihuan.problems.actions.close import close
from bihuan.problems.actions.decide_transfer import decide_transfer
from bihuan.problems.actions.decide_void import decide_void
from bihuan.problems.actions.evaluate import evaluate
from bihuan.problems.actions.fix_now import fix_now
from bihuan.problems.actions.record_guarantees import record_guarantees
from bihuan.problems.actions.reopen import reopen
from bihuan.problems.lists.open_work import open_work
from bihuan.problems.models import Problem
from bihuan.problems.policies import checks_before, verdict
from bihuan.record.models import Event

from .story import hand_in, photo, problem_in, raised

pytestmark = pytest.mark.django_db


def sees(world, who, problem) -> bool:
    return Problem.objects.visible_to(world.actor(who)).filter(pk=problem.pk).exists()


def test_requests_nobody_answered_end_with_the_closing(world):
    problem = problem_in(world, "rectifying")
    ask_extension(problem=problem, new_due_on=problem.due_on + timedelta(days=9), reason="排期",
                  by=world.actor("worker_a"), at=world.at)  # fmt: skip
    ask_void(problem=problem, reason="像是重复", by=world.actor("secretary"), at=world.at)
    hand_in(world, problem)
    close(problem=problem, by=world.actor("second_officer"), at=world.at + timedelta(days=2))
    assert problem.extensions.get().granted is False and problem.voidings.get().granted is False
    reopen(
        problem=problem, reason="又坏了", by=world.actor("safety_officer"), at=world.at + timedelta(days=40)
    )
    officer = world.actor("safety_officer")
    assert not verdict("decide_extension", problem, by=officer, at=world.at)
    assert not verdict("void", problem, by=officer, at=world.at)


def test_a_void_problem_is_no_longer_offered_to_the_other_unit(world):
    problem = problem_in(world, "assigned")
    ask_transfer(problem=problem, to_unit=world.unit("iron_mill"), reason="归炼铁厂",
                 by=world.actor("liaison"), at=world.at)  # fmt: skip
    assert sees(world, "outsider", problem)
    ask_void(problem=problem, reason="不是问题", by=world.actor("secretary"), at=world.at)
    decide_void(problem=problem, granted=True, by=world.actor("safety_officer"), at=world.at)
    assert not sees(world, "outsider", problem)
    assert problem.transfers.get().accepted is False


def test_nothing_is_fixed_on_the_spot_while_another_unit_is_asked(world):
    problem = problem_in(world, "assigned")
    ask_transfer(problem=problem, to_unit=world.unit("iron_mill"), reason="归炼铁厂",
                 by=world.actor("liaison"), at=world.at)  # fmt: skip
    with pytest.raises(Refused, match="等对方答复"):
        fix_now(problem=problem, files=[photo()], by=world.actor("liaison"), at=world.at)


def test_who_owned_a_measure_of_the_old_unit_stops_seeing_what_moved_away(world):
    problem = problem_in(world, "plan_review")
    ask_transfer(problem=problem, to_unit=world.unit("iron_mill"), reason="归炼铁厂",
                 by=world.actor("liaison"), at=world.at)  # fmt: skip
    decide_transfer(problem=problem, accepted=True, by=world.actor("outsider"), at=world.at)
    assert not sees(world, "worker_a", problem) and not sees(world, "liaison", problem)
    assert not verdict("accept", problem, by=world.actor("worker_a"), at=world.at)
    assert problem.plans.get().verdict == "returned", "nobody approves the plan of a unit that gave it away"


def test_a_hazard_that_came_back_is_evaluated_anew(world):
    problem = problem_in(world, "plan_review", grade="major")
    record_guarantees(
        problem=problem, by=world.actor("liaison"), at=world.at, duty="厂长", measures="更换", funds="12 万元",
        time_limit="30 天", emergency_plan="处置方案", interim_controls="人工检测", stops_production=False,
        authority_report="已报", congress_report="已报",
    )  # fmt: skip
    approve_plan(problem=problem, by=world.actor("safety_officer"), at=world.at)
    hand_in(world, problem)
    evaluate(problem=problem, text="隐患消除", by=world.actor("safety_officer"), at=world.at)
    close(problem=problem, by=world.actor("second_officer"), at=world.at + timedelta(days=2))
    reopen(
        problem=problem, reason="又报警", by=world.actor("safety_officer"), at=world.at + timedelta(days=30)
    )
    evaluated = {check.label: check.ok for check in checks_before("close", problem)}["治理效果已评估"]
    assert evaluated is False
    evaluate(
        problem=problem,
        text="再评估，消除",
        by=world.actor("safety_officer"),
        at=world.at + timedelta(days=40),
    )
    assert {check.label: check.ok for check in checks_before("close", problem)}["治理效果已评估"]


def test_a_mills_own_officer_hands_nothing_out_to_another_mill(world):
    grant_role(role="supervisor", unit=world.unit("hot_mill"), person=world.person("unit_head"),
               from_day=SINCE, by=SYSTEM, at=world.at)  # fmt: skip
    problem = raised(world)
    with pytest.raises(Invalid, match="炼铁厂不在你能下达的范围里"):
        assign(
            problem=problem, lead=None, unit=world.unit("iron_mill"), by=world.actor("unit_head"), at=world.at
        )
    assign(problem=problem, lead=None, unit=world.unit("finishing"), by=world.actor("unit_head"), at=world.at)
    assert problem.unit_id == world.unit("finishing").pk


def test_another_grade_at_handing_out_stands_in_the_record(world):
    problem = raised(world, grade="serious")
    assign(problem=problem, lead=None, grade="general", by=world.actor("safety_officer"), at=world.at)
    assert Event.objects.of(problem.stream).last().data["grade"] == "general"


def test_a_relapse_is_linked_only_to_what_one_supervises(world, signed_in):
    grant_role(role="supervisor", unit=world.unit("hot_mill"), person=world.person("unit_head"),
               from_day=SINCE, by=SYSTEM, at=world.at)  # fmt: skip
    problem = problem_in(world, "closed")
    other = raised(world, unit=world.unit("iron_mill"))
    Problem.objects.filter(pk=other.pk).update(raised_by=world.person("unit_head"))
    answer = signed_in("unit_head").post(
        f"/problems/{problem.number}/reopening/", {"reason": "又坏了", "repeat": other.number}
    )
    assert answer.status_code == 422
    assert Problem.objects.get(pk=other.pk).repeat_of is None


def test_a_line_of_open_work_keeps_the_words_of_a_restricted_problem_back(world):
    problem = problem_in(world, "rectifying", secrecy="restricted")
    Problem.objects.filter(pk=problem.pk).update(lead=world.person("liaison"))
    lines = list(open_work(world.person("worker_a").pk, world.at))
    assert lines and all(line.detail == "" and problem.number in line.label for line in lines)


def test_the_deadline_of_a_new_round_is_not_over_before_it_begins(world):
    problem = problem_in(world, "closed")
    now = world.at + timedelta(days=30)
    with pytest.raises(Invalid, match="已经过了"):
        reopen(problem=problem, reason="又坏了", due_on=world.day, by=world.actor("safety_officer"), at=now)
    reopen(problem=problem, reason="又坏了", due_on=now.date(), by=world.actor("safety_officer"), at=now)
    assert problem.first_due_on < problem.due_on
