"""Who × step × state → yes, or the reason. The table is the specification of the policies."""

from __future__ import annotations

import pytest

from bihuan.kernel.refused import Refused, Stale
from bihuan.problems import states
from bihuan.problems.actions.approve_plan import approve_plan
from bihuan.problems.actions.close import close
from bihuan.problems.actions.join import join
from bihuan.problems.actions.recheck import recheck
from bihuan.problems.actions.reject import reject
from bihuan.problems.actions.submit import submit
from bihuan.problems.models import Problem
from bihuan.problems.policies import buttons, checks_before, verdict
from bihuan.problems.policies.verdicts import _RULES

from .story import problem_in

YES = ""
TABLE = [
    # state, step, who, words of the reason ("" = may)
    ("raised", "assign", "safety_officer", YES),
    ("raised", "assign", "liaison", "只有下达部门"),
    ("raised", "assign", "outsider", "只有下达部门"),
    ("assigned", "accept", "liaison", YES),
    ("assigned", "accept", "worker_a", YES),
    ("assigned", "accept", "worker_b", "只有责任单位"),
    ("assigned", "accept", "outsider", "只有责任单位"),
    ("planning", "plan", "unit_head", YES),
    ("planning", "plan", "leader", "只有责任单位"),
    ("plan_review", "approve", "safety_officer", YES),
    ("plan_review", "approve", "unit_head", "只有督办部门"),
    ("rectifying", "report", "worker_a", YES),
    ("rectifying", "submit", "worker_a", "措施自报完成 0/2"),
    ("rectifying", "close", "safety_officer", "已被他人处理"),
    ("verifying", "close", "second_officer", YES),
    ("verifying", "close", "inspection_officer", YES),
    ("verifying", "close", "worker_a", "只有核验部门"),
    ("verifying", "close", "worker_b", "只能核验一般问题的当场整改"),
    ("verifying", "close", "outsider", "只有核验部门"),
    ("verifying", "reject", "second_officer", YES),
    ("verifying", "reject", "unit_head", "只有核验部门"),
    ("closed", "recheck", "inspection_officer", YES),
    ("closed", "recheck", "second_officer", "不能由你回头看"),
    ("closed", "recheck", "liaison", "只有回头看的人"),
    ("closed", "reopen", "second_officer", YES),
    ("rectifying", "ask_extension", "worker_a", YES),
    ("rectifying", "ask_extension", "safety_officer", "只有责任单位"),
    ("rectifying", "reown", "unit_head", YES),
    ("rectifying", "reown", "worker_a", "只有督办部门和单位负责人"),
    ("rectifying", "ask_void", "worker_a", YES),
    ("rectifying", "ask_void", "outsider", "没有申请作废"),
    ("rectifying", "remind", "safety_officer", YES),
    ("rectifying", "remind", "worker_a", "只有下达部门"),
    ("rectifying", "comment", "secretary", YES),
    ("rectifying", "comment", "outsider", "看不到"),
    ("rectifying", "comment", "system_admin", "看不到"),
    ("rectifying", "record_guarantees", "liaison", "只有重大隐患"),
    ("raised", "fix_now", "safety_officer", "还没有整改后的照片"),
    ("rectifying", "confirm_repeat", "safety_officer", YES),
    ("closed", "confirm_repeat", "inspection_officer", YES),
    ("rectifying", "confirm_repeat", "worker_a", "只有督办部门和登记的人"),
    ("rectifying", "confirm_repeat", "unit_head", "只有督办部门和登记的人"),
    ("rectifying", "refuse_repeat", "second_officer", YES),
    ("rectifying", "refuse_repeat", "unit_head", "只有督办部门"),
    ("rectifying", "refuse_repeat", "outsider", "只有督办部门"),
]


@pytest.mark.parametrize(("state", "step", "who", "words"), TABLE)
def test_table(world, state, step, who, words):
    problem = problem_in(world, state)
    may = verdict(step, problem, by=world.actor(who), at=world.at)
    assert bool(may) == (words == YES), may
    assert words in may.reason


def test_every_step_has_a_rule_and_a_place_in_the_table():
    made = {"raise", "take_over"}
    assert set(_RULES) == set(states.STEPS.by_name) - made
    decided = {
        "amend",
        "restate",
        "plan",
        "return",
        "evaluate",
        "void",
        "decide_extension",
        "decide_transfer",
        "ask_transfer",
    }
    assert set(_RULES) - {step for _, step, _, _ in TABLE} <= decided


def test_no_grant_means_no(world):
    problem = problem_in(world, "rectifying")
    for who in ("system_admin", "security_admin", "audit_admin", "outsider"):
        assert buttons(problem, by=world.actor(who), at=world.at) == []


def test_an_officer_who_joined_the_team_cannot_verify(world):
    problem = problem_in(world, "rectifying")
    join(problem=problem, person_id=world.person("second_officer").pk, side="rectify")
    from .story import hand_in

    hand_in(world, problem)
    with pytest.raises(Refused, match="参加了本轮整改"):
        close(problem=problem, by=world.actor("second_officer"), at=world.at)


def test_whoever_approved_the_plan_cannot_join_the_team(world):
    problem = problem_in(world, "rectifying")
    with pytest.raises(Refused, match="不能是同一个人"):
        join(problem=problem, person_id=world.person("safety_officer").pk, side="rectify")


def test_the_reason_says_what_is_missing_in_numbers(world):
    problem = problem_in(world, "rectifying")
    labels = [check.label for check in checks_before("submit", problem)]
    assert labels == ["措施自报完成 0/2", "佐证齐全 0/2"]
    with pytest.raises(Refused, match="措施自报完成 0/2"):
        submit(problem=problem, text="完成", by=world.actor("worker_a"), at=world.at)
    assert Problem.objects.get(pk=problem.pk).closure == "rectifying"


def test_a_stale_copy_reads_that_somebody_was_faster(world):
    problem = problem_in(world, "verifying")
    mine, theirs = Problem.objects.get(pk=problem.pk), Problem.objects.get(pk=problem.pk)
    close(problem=theirs, by=world.actor("second_officer"), at=world.at)
    with pytest.raises(Stale, match="已被他人处理"):
        reject(problem=mine, reason="晚了", by=world.actor("inspection_officer"), at=world.at)
    with pytest.raises(Stale):
        close(problem=Problem.objects.get(pk=problem.pk), by=world.actor("inspection_officer"), at=world.at)


def test_approve_refuses_vague_measures(world):
    problem = problem_in(world, "plan_review")
    problem.measures.update(standard="")
    with pytest.raises(Refused, match="四不放过未过：措施具体可查，第 1、2 条没有结果标准"):
        approve_plan(problem=problem, by=world.actor("safety_officer"), at=world.at)


def test_look_back_needs_a_third_person_in_the_database_too(world):
    problem = problem_in(world, "closed")
    with pytest.raises(Refused):
        recheck(problem=problem, passed=True, text="好", by=world.actor("second_officer"), at=world.at)


def test_a_restricted_problem_is_for_those_who_need_to_know(world):
    problem = problem_in(world, "assigned", secrecy="restricted")
    sees = {
        who: Problem.objects.visible_to(world.actor(who)).filter(pk=problem.pk).exists()
        for who in ("safety_officer", "liaison", "worker_a", "leader", "secretary", "outsider", "worker_b")
    }
    assert sees == {
        "safety_officer": True,
        "liaison": True,
        "worker_a": True,
        "leader": False,
        "secretary": False,
        "outsider": False,
        "worker_b": False,
    }
