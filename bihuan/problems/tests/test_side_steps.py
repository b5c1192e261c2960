"""Steps beside the main road: extension, transfer, voiding, major hazards, history from a ledger."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bihuan.kernel.refused import Invalid, Refused
from bihuan.problems.actions.accept import accept
from bihuan.problems.actions.approve_plan import approve_plan
from bihuan.problems.actions.ask_extension import ask_extension
from bihuan.problems.actions.ask_transfer import ask_transfer
from bihuan.problems.actions.ask_void import ask_void
from bihuan.problems.actions.close import close
from bihuan.problems.actions.decide_extension import decide_extension
from bihuan.problems.actions.decide_transfer import decide_transfer
from bihuan.problems.actions.decide_void import decide_void
from bihuan.problems.actions.evaluate import evaluate
from bihuan.problems.actions.record_guarantees import record_guarantees
from bihuan.problems.actions.reopen import reopen
from bihuan.problems.actions.set_measures import MeasureDraft
from bihuan.problems.actions.take_over import OldRow, Stated, take_over
from bihuan.problems.models import Problem
from bihuan.problems.policies import verdict
from bihuan.record.models import Event

from .story import hand_in, problem_in


def test_extension_keeps_the_first_deadline_and_is_limited(world):
    problem = problem_in(world, "rectifying")
    first = problem.first_due_on
    for times in (1, 2):
        ask_extension(
            problem=problem,
            new_due_on=problem.due_on + timedelta(days=15),
            reason="检定所排期",
            by=world.actor("worker_a"),
            at=world.at,
        )
        decide_extension(problem=problem, granted=True, by=world.actor("safety_officer"), at=world.at)
        assert problem.extended_times == times
    assert problem.first_due_on == first and problem.due_on == first + timedelta(days=30)
    with pytest.raises(Refused, match="最多 2 次"):
        ask_extension(
            problem=problem,
            new_due_on=problem.due_on + timedelta(days=1),
            reason="再缓",
            by=world.actor("worker_a"),
            at=world.at,
        )


def test_refusing_an_extension_needs_a_reason_and_moves_nothing(world):
    problem = problem_in(world, "rectifying")
    due = problem.due_on
    ask_extension(
        problem=problem,
        new_due_on=due + timedelta(days=9),
        reason="忙",
        by=world.actor("worker_a"),
        at=world.at,
    )
    with pytest.raises(Invalid, match="理由"):
        decide_extension(problem=problem, granted=False, by=world.actor("safety_officer"), at=world.at)
    decide_extension(
        problem=problem, granted=False, text="理由不属实", by=world.actor("safety_officer"), at=world.at
    )
    assert (problem.due_on, problem.extended_times) == (due, 0)


def test_transfer_moves_only_when_the_other_unit_accepts(world):
    problem = problem_in(world, "planning")
    ask = {"problem": problem, "to_unit": world.unit("iron_mill"), "reason": "设备归炼铁厂管"}
    ask_transfer(**ask, by=world.actor("liaison"), at=world.at)
    assert problem.unit == world.unit("furnace")
    decide_transfer(problem=problem, accepted=False, text="不归我们", by=world.actor("outsider"), at=world.at)
    assert problem.unit == world.unit("furnace") and problem.closure == "planning"
    ask_transfer(**ask, by=world.actor("liaison"), at=world.at)
    decide_transfer(
        problem=problem, accepted=True, lead=world.person("outsider"), by=world.actor("outsider"), at=world.at
    )
    problem.refresh_from_db()
    assert problem.unit == world.unit("iron_mill") and problem.closure == "assigned"


def test_voiding_takes_two_people_and_deletes_nothing(world):
    problem = problem_in(world, "assigned")
    ask_void(problem=problem, reason="与另一件重复", by=world.actor("safety_officer"), at=world.at)
    with pytest.raises(Refused, match="另一人"):
        decide_void(problem=problem, granted=True, by=world.actor("safety_officer"), at=world.at)
    decide_void(problem=problem, granted=True, by=world.actor("second_officer"), at=world.at)
    assert Problem.objects.get(pk=problem.pk).closure == "void"


def test_a_major_hazard_needs_its_guarantees_and_its_evaluation(world):
    problem = problem_in(world, "plan_review", grade="major")
    officer, second = world.actor("safety_officer"), world.actor("second_officer")
    with pytest.raises(Refused, match="五落实 0/5"):
        approve_plan(problem=problem, by=officer, at=world.at)
    record_guarantees(
        problem=problem,
        by=world.actor("liaison"),
        at=world.at,
        duty="厂长",
        measures="更换",
        funds="12 万元",
        time_limit="30 天",
        emergency_plan="煤气泄漏现场处置方案",
        interim_controls="每 2 小时人工检测",
        stops_production=False,
        authority_report="9月16日 报应急管理局",
        congress_report="9月20日 职代会联席会",
    )
    approve_plan(problem=problem, by=officer, at=world.at)
    hand_in(world, problem)
    with pytest.raises(Refused, match="评估"):
        close(problem=problem, by=second, at=world.at)
    evaluate(problem=problem, text="专家组评估，隐患消除", by=officer, at=world.at)
    assert not verdict("close", problem, by=world.actor("unit_head"), at=world.at)
    close(problem=problem, by=second, at=world.at)
    assert problem.closure == "closed"


def test_long_term_work_is_never_late_by_date(world):
    problem = problem_in(world, "rectifying", timing="long_term")
    Problem.objects.filter(pk=problem.pk).update(due_on=world.day, first_due_on=world.day)
    far = world.day + timedelta(days=400)
    assert not Problem.objects.overdue(far).filter(pk=problem.pk).exists()
    assert not Problem.objects.get(pk=problem.pk).is_overdue(far)


def test_history_is_taken_over_without_inventing_a_verifier(world):
    stated = Stated(closed=True, words="已整改", closed_on=date(2025, 3, 4), verifier="王某")
    row = OldRow("k1", world.unit("furnace"), "护栏缺失", stated, found_on=date(2025, 3, 1))
    open_row = OldRow(
        "k2",
        world.unit("furnace"),
        "护栏松动",
        found_on=date(2025, 3, 1),
        due_on=date(2025, 10, 1),
        measures=(MeasureDraft("焊牢"),),
        details={"lead": world.person("worker_a"), "progress": "in_progress"},
    )
    officer = world.actor("safety_officer")
    problem, other = take_over(source="ledger", rows=[row, open_row], by=officer, at=world.at)
    assert (problem.number, other.number) == ("TZ-RZ-JR-202503-001", "TZ-RZ-JR-202503-002")
    assert (problem.closure, problem.closed_by_id, problem.closed_at) == ("closed", None, None)
    assert (other.closure, other.first_due_on, other.measures.count()) == ("rectifying", date(2025, 10, 1), 1)
    assert problem.takeovers.get().stated_verifier == "王某"
    assert list(Problem.objects.containing("护栏").filter(closure="closed")) == [problem]
    assert not Problem.objects.verified_here().filter(pk=problem.pk).exists()
    with pytest.raises(Refused, match="有 1 行已经导入过"):
        take_over(source="ledger", rows=[row], by=officer, at=world.at)
    reopen(problem=problem, reason="护栏又缺了", by=officer, at=world.at)
    assert problem.closure == "rectifying"


def test_what_is_written_down_days_later_keeps_the_mark(world):
    problem = problem_in(world, "assigned")
    accept(problem=problem, by=world.actor("liaison"), at=world.at, occurred_at=world.at - timedelta(days=5))
    event = Event.objects.of(problem.stream).last()
    assert event.late and event.occurred_at < event.recorded_at
    assert not Event.objects.of(problem.stream).first().late


def test_an_extension_is_no_blank_cheque(world):
    problem = problem_in(world, "rectifying")
    with pytest.raises(Invalid, match="一次最多延 30 天"):
        ask_extension(
            problem=problem,
            new_due_on=problem.due_on + timedelta(days=31),
            reason="忙",
            by=world.actor("worker_a"),
            at=world.at,
        )
