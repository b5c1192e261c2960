"""Figures count what they say: numerator, denominator, and what stands apart."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bihuan.problems.actions.ask_void import ask_void
from bihuan.problems.actions.close import close
from bihuan.problems.actions.decide_void import decide_void
from bihuan.problems.actions.reopen import reopen
from bihuan.problems.actions.submit import submit
from bihuan.problems.actions.take_over import OldRow, Stated, take_over
from bihuan.problems.facts import FACTS
from bihuan.problems.models import Problem
from bihuan.registry.contract import Period, Scope

from .story import hand_in, photo, problem_in

pytestmark = pytest.mark.django_db
YEAR = Period(date(2025, 1, 1), date(2025, 12, 31))


def figures(world, at=None, who="safety_officer") -> dict[str, tuple[int, int]]:
    """code -> (numerator, denominator) over all units the reader sees."""
    scope = Scope(actor=world.actor(who), unit_id=None)
    found = {fact.code: list(fact.compute(scope, YEAR, at or world.at)) for fact in FACTS}
    return {
        code: (sum(r.numerator for r in rows), sum(r.denominator for r in rows))
        for code, rows in found.items()
    }


def imported(world, *rows: OldRow) -> list[Problem]:
    return take_over(source="ledger", rows=rows, by=world.actor("safety_officer"), at=world.at)


def test_a_void_problem_counts_nowhere(world):
    problem = problem_in(world, "assigned")
    problem_in(world, "assigned")
    ask_void(problem=problem, reason="重复", by=world.actor("safety_officer"), at=world.at)
    decide_void(problem=problem, granted=True, by=world.actor("second_officer"), at=world.at)
    told = figures(world)
    assert told["problems.total"] == (1, 1) and told["problems.open"] == (1, 1)


def test_the_due_day_itself_is_not_late_and_midnight_is_chinas(world):
    problem = problem_in(world, "rectifying")
    due = problem.due_on
    last_minute = world.at.replace(year=due.year, month=due.month, day=due.day, hour=23, minute=59)
    assert figures(world, last_minute)["problems.overdue"] == (0, 1)
    assert figures(world, last_minute + timedelta(minutes=1))["problems.overdue"] == (1, 1)


def test_what_came_back_is_a_relapse_and_no_longer_closed_nor_on_time(world):
    problem = problem_in(world, "closed")
    assert figures(world)["problems.on_time"] == (1, 1)
    reopen(
        problem=problem, reason="又坏了", by=world.actor("safety_officer"), at=world.at + timedelta(days=30)
    )
    told = figures(world)
    assert told["problems.closed"] == (0, 1) and told["problems.on_time"] == (0, 0)
    assert told["problems.reopened"] == (1, 1)
    late = world.at + timedelta(days=300)
    hand_in(world, problem)
    Problem.objects.filter(pk=problem.pk).update(submitted_at=late)
    problem.refresh_from_db()
    close(problem=problem, by=world.actor("second_officer"), at=late)
    assert figures(world)["problems.on_time"] == (0, 1), "the second round is judged by its own deadline"


def test_what_a_ledger_states_stays_apart_until_a_second_person_closed_it_here(world):
    stated, worked = imported(
        world,
        OldRow("k1", world.unit("furnace"), "护栏缺失", Stated(closed=True, words="已整改"), found_on=date(2025, 3, 1)),
        OldRow("k2", world.unit("furnace"), "护栏松动", found_on=date(2025, 3, 1), due_on=date(2025, 10, 1),
               details={"lead": world.person("worker_a"), "progress": "in_progress"}),
    )  # fmt: skip
    assert figures(world)["problems.stated_completion"] == (1, 2)
    assert figures(world)["problems.closed"] == (0, 1), (
        "what is only stated is in no rate, what goes on here is"
    )
    submit(
        problem=worked, text="焊好了", files=[photo("w", "evidence")], by=world.actor("worker_a"), at=world.at
    )
    close(problem=worked, by=world.actor("second_officer"), at=world.at)
    assert figures(world)["problems.stated_completion"] == (1, 2)
    assert figures(world)["problems.closed"] == (1, 1)
    assert Problem.objects.get(pk=stated.pk).closed_by is None
