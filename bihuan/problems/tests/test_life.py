"""The whole life of a problem: each step does what it says, writes its row and its event."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bihuan.problems.actions.accept import accept
from bihuan.problems.actions.approve_plan import approve_plan
from bihuan.problems.actions.assign import assign
from bihuan.problems.actions.close import close
from bihuan.problems.actions.comment import comment
from bihuan.problems.actions.fix_now import fix_now
from bihuan.problems.actions.recheck import recheck
from bihuan.problems.actions.reject import reject
from bihuan.problems.actions.reopen import reopen
from bihuan.problems.actions.reown import reown
from bihuan.problems.actions.report_progress import report_progress
from bihuan.problems.actions.return_plan import return_plan
from bihuan.problems.actions.submit import submit
from bihuan.problems.models import Closure, Part, Problem
from bihuan.record.models import Event

from .story import hand_in, photo, problem_in, propose, raised


def kinds(problem: Problem) -> list[str]:
    return [event.kind.removeprefix("problem.") for event in Event.objects.of(problem.stream)]


def test_raise_numbers_and_pins_the_rules(world):
    first, second = raised(world), raised(world)
    assert first.number == "RC-RZ-JR-202509-001"
    assert second.number == "RC-RZ-JR-202509-002"
    assert first.rule_pack == world.pack
    assert Event.objects.of(first.stream).get().data["number"] == first.number
    assert Event.objects.of(first.stream).get().by_id == world.person("safety_officer").pk


def test_the_deadline_comes_from_the_pinned_pack(world):
    problem = problem_in(world, "assigned")
    assert problem.due_on == problem.first_due_on
    assert problem.due_on > world.day
    assert "规则" in problem.due_note or "版" in problem.due_note


def test_the_long_way_round(world):
    officer, second = world.actor("safety_officer"), world.actor("second_officer")
    later = [world.at + timedelta(days=n) for n in range(2, 9)]
    problem = problem_in(world, "plan_review")
    return_plan(problem=problem, reason="措施 2 没有写由谁维护", by=officer, at=later[0])
    assert problem.closure == "planning"
    propose(world, problem)
    approve_plan(problem=problem, by=officer, at=later[1])
    hand_in(world, problem)
    reject(problem=problem, reason="6 台只见 3 份证书", by=second, at=later[2])
    assert (problem.closure, problem.round, problem.submitted_by_id) == ("rectifying", 2, None)
    hand_in(world, problem)
    close(problem=problem, by=second, at=later[3], text="逐台看过")
    assert not problem.is_open
    recheck(
        problem=problem,
        passed=False,
        found="paper_only",
        text="现场两台仍无合格证",
        by=world.actor("inspection_officer"),
        at=later[4],
    )
    assert (problem.closure, problem.round, problem.closed_at) == ("rectifying", 3, None)
    assert kinds(problem) == [
        "raised",
        "assigned",
        "accepted",
        "planned",
        "returned",
        "planned",
        "approved",
        "reported",
        "submitted",
        "rejected",
        "reported",
        "submitted",
        "closed",
        "rechecked",
    ]
    assert [event.seq for event in Event.objects.of(problem.stream)] == list(range(1, 15))
    assert Problem.objects.get(pk=problem.pk).version == 14
    assert [plan.verdict for plan in problem.plans.order_by("number")] == ["returned", "approved"]
    assert Closure.objects.filter(problem=problem, round=2).count() == 1


def test_a_general_immediate_problem_skips_the_plan(world):
    problem = raised(world)
    assign(
        problem=problem,
        lead=world.person("worker_a"),
        timing="immediate",
        by=world.actor("safety_officer"),
        at=world.at,
    )
    accept(problem=problem, by=world.actor("worker_a"), at=world.at)
    assert problem.closure == "rectifying"
    report_progress(
        problem=problem, by=world.actor("worker_a"), at=world.at, progress="done", files=[photo()]
    )
    submit(problem=problem, text="已换", by=world.actor("worker_a"), at=world.at)
    assert problem.closure == "verifying"


def test_a_lamp_cover_is_found_fixed_and_closed_by_two_people(world):
    problem = raised(
        world, statement="精整区照明灯罩缺失", unit=world.unit("finishing"), files=[photo("b", "before")]
    )
    fix_now(problem=problem, by=world.actor("safety_officer"), at=world.at, files=[photo("c", "after")])
    assert problem.closure == "verifying"
    close(problem=problem, by=world.actor("worker_b"), at=world.at)
    assert problem.closure == "closed"
    assert problem.submitted_by_id != problem.closed_by_id
    roles = list(problem.attachments.order_by("id").values_list("role", "event_seq"))
    assert roles == [("before", 1), ("after", 2)]


def test_closing_on_time_is_judged_by_the_submission(world):
    problem = problem_in(world, "verifying")
    close(problem=problem, by=world.actor("second_officer"), at=world.at + timedelta(days=90))
    assert Closure.objects.get(problem=problem).on_time is True


def test_a_relapse_may_be_reported_by_the_closer_and_links_the_new_find(world):
    problem = problem_in(world, "closed")
    again = raised(world, statement="同一台报警器又超期")
    first_due = problem.first_due_on
    reopen(
        problem=problem,
        reason="同一台又超期",
        repeat=again,
        by=world.actor("second_officer"),
        at=world.at + timedelta(days=30),
    )
    assert problem.closure == "rectifying" and problem.round == 2
    assert problem.first_due_on == first_due and problem.due_on > first_due
    assert Problem.objects.get(pk=again.pk).repeat_of_id == problem.pk


def test_a_new_owner_takes_the_open_measures_and_the_old_one_stays_in_the_thread(world):
    problem = problem_in(world, "rectifying")
    reown(
        problem=problem,
        lead=world.person("unit_head"),
        reason="牛晓东调走",
        by=world.actor("safety_officer"),
        at=world.at,
    )
    assert set(problem.measures.values_list("owner_id", flat=True)) == {world.person("unit_head").pk}
    last = Event.objects.of(problem.stream).last()
    assert last.data["old"] == world.person("worker_a").pk
    assert Part.objects.filter(problem=problem, person=world.person("worker_a"), side="rectify").exists()


def test_a_comment_changes_nothing_but_the_thread(world):
    problem = problem_in(world, "closed")
    comment(problem=problem, text="证书原件在安全部", by=world.actor("safety_officer"), at=world.at)
    assert problem.closure == "closed" and kinds(problem)[-1] == "commented"


@pytest.mark.parametrize(
    "state", ["raised", "assigned", "planning", "plan_review", "rectifying", "verifying"]
)
def test_events_keep_no_names(world, state):
    """Names live in org, where the law can have them erased; the chain must stay whole."""
    problem = problem_in(world, state)
    names = [person.name for person in world.people.values()]
    for event in Event.objects.of(problem.stream):
        assert not any(name in str(event.data) for name in names)
