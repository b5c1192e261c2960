"""Reminders: each stage once per person and deadline; gathered; taken back when owner or date change."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bihuan.kernel.actor import SYSTEM
from bihuan.kernel.calendar import WorkCalendar
from bihuan.notify.models import Line, Message
from bihuan.org.actions.add_person import add_person
from bihuan.problems.actions.ask_extension import ask_extension
from bihuan.problems.actions.assign import assign
from bihuan.problems.actions.decide_extension import decide_extension
from bihuan.problems.actions.give_reminders import Series, give_reminders
from bihuan.problems.actions.raise_problem import raise_problem
from bihuan.problems.actions.reown import reown
from bihuan.problems.models import Problem, Reminder
from bihuan.record.worker import run_until_idle

from .story import hand_in, problem_in

pytestmark = pytest.mark.django_db
PLAIN = WorkCalendar()
MONDAY = date(2025, 9, 15)
WORKING = Series((7, 3, 1, 0), (1, 3, 7, 14), 3, 7, by_calendar=False)
CALENDAR = Series((7, 3, 1, 0), (1, 3, 7, 14), 3, 7, by_calendar=True)


@pytest.mark.parametrize(
    ("series", "due", "today", "stage"),
    [
        (WORKING, date(2025, 9, 24), MONDAY, 7),  # 7 working days on
        (WORKING, date(2025, 9, 25), MONDAY, None),
        (WORKING, date(2025, 9, 18), MONDAY, 3),
        (WORKING, MONDAY, MONDAY, 0),
        (WORKING, date(2025, 9, 20), date(2025, 9, 19), 0),  # due on Saturday: Friday is the last chance
        (WORKING, date(2025, 9, 20), date(2025, 9, 20), None),  # nobody is reminded on a rest day
        (WORKING, date(2025, 9, 12), MONDAY, -1),  # due on Friday, Monday is the first day late
        (WORKING, date(2025, 8, 1), MONDAY, None),  # an old matter taken over floods nobody
        (WORKING, date(2025, 9, 23), MONDAY, 7),  # T-7 was missed by a day: made up for
        (WORKING, date(2025, 9, 19), MONDAY, None),  # four days on: no stage
        (CALENDAR, date(2025, 9, 22), MONDAY, 7),
        (CALENDAR, date(2025, 9, 20), date(2025, 9, 20), 0),
        (CALENDAR, date(2025, 9, 14), MONDAY, -1),
        (CALENDAR, date(2025, 9, 12), MONDAY, -3),
    ],
)
def test_which_stage_is_due(series, due, today, stage):
    assert series.stage(due, today, PLAIN) == stage


def round_on(day: date) -> int:
    return give_reminders(at=datetime(day.year, day.month, day.day, 7, 30, tzinfo=ZoneInfo("Asia/Shanghai")))


def due_in(world, state, day, **details):
    problem = problem_in(world, state, **details)
    Problem.objects.filter(pk=problem.pk).update(due_on=day, first_due_on=day)
    problem.due_on = day
    return problem


def stages(problem, person=None):
    rows = Reminder.objects.filter(problem=problem).order_by("given_on", "id")
    return [(r.person_id, r.stage) for r in (rows.filter(person=person) if person else rows)]


def test_the_owner_then_the_head_then_the_department(world):
    problem = due_in(world, "assigned", world.day + timedelta(days=14))
    for offset in range(60):
        round_on(world.day + timedelta(days=offset))
    owner = [stage for _, stage in stages(problem, world.person("worker_a"))]
    assert owner == ["T-7", "T-3", "T-1", "T", "T+1", "T+3", "T+7", "T+14", "T+21"]
    assert [stage for _, stage in stages(problem, world.person("unit_head"))] == owner[5:]
    assert [stage for _, stage in stages(problem, world.person("safety_officer"))] == owner[6:]
    assert not stages(problem, world.person("outsider"))


def test_twice_a_day_is_once(world):
    due_in(world, "assigned", world.day)
    assert round_on(world.day) == 1
    assert round_on(world.day) == 0
    assert Line.objects.filter(key__startswith="remind:").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_say_it_once(race, world):
    due_in(world, "assigned", world.day)
    outcomes = race(lambda: round_on(world.day), times=4)
    assert [o.error for o in outcomes if o.error] == []
    assert Reminder.objects.count() == Line.objects.filter(key__startswith="remind:").count() == 1


def test_only_overdue_major_ones_come_at_once(world):
    late = world.day - timedelta(days=3)
    due_in(world, "assigned", late)
    round_on(world.day)
    assert set(Message.objects.values_list("kind", flat=True)) == {"digest"}
    due_in(world, "assigned", late, grade="major", statement="重大的一件")
    round_on(world.day)
    assert Message.objects.filter(kind="urgent", person=world.person("worker_a")).count() == 1


def test_long_term_work_is_never_reminded_by_date(world):
    due_in(world, "assigned", world.day, timing="long_term")
    assert round_on(world.day) == 0


def test_while_the_verifier_is_at_it_the_owner_is_left_alone(world):
    due_in(world, "verifying", world.day)
    due_in(world, "closed", world.day, statement="已销号的一件")
    assert round_on(world.day) == 0


def test_another_owner_takes_the_old_ones_line_back(world):
    problem = due_in(world, "rectifying", world.day)
    round_on(world.day)
    reown(problem=problem, lead=world.person("liaison"), reason="调动", by=world.actor("unit_head"),
          at=world.at + timedelta(hours=1))  # fmt: skip
    run_until_idle(at=world.at + timedelta(days=2))
    old = Line.objects.of(world.person("worker_a").pk)
    assert not old.filter(key__startswith="remind:").exists()
    round_on(world.day)
    assert Line.objects.of(world.person("liaison").pk).filter(key__startswith="remind:").count() == 1


def test_a_new_date_takes_the_line_back_and_starts_anew(world):
    problem = due_in(world, "rectifying", world.day)
    round_on(world.day)
    later = world.day + timedelta(days=9)
    at = world.at + timedelta(hours=1)
    ask_extension(problem=problem, new_due_on=later, reason="等检定", by=world.actor("liaison"), at=at)
    run_until_idle(at=at)
    assert Line.objects.filter(key__startswith="remind:").exists(), "asking changes nothing yet"
    decide_extension(problem=problem, granted=True, by=world.actor("second_officer"), at=at)
    run_until_idle(at=at)
    assert not Line.objects.filter(key__startswith="remind:").exists()
    round_on(world.day)
    assert Reminder.objects.filter(problem=problem, due_on=later, stage="T-7").exists()


def test_asking_for_closure_takes_the_line_back(world):
    problem = due_in(world, "rectifying", world.day + timedelta(days=2))
    round_on(world.day)
    assert Line.objects.filter(key__startswith="remind:").exists()
    hand_in(world, problem)
    run_until_idle(at=world.at + timedelta(days=2))
    assert not Line.objects.filter(key__startswith="remind:").exists()


def test_a_round_costs_the_same_for_ten_as_for_sixty(world, django_assert_max_num_queries):
    for number in range(60):
        due_in(world, "assigned", world.day, statement=f"第 {number} 件")
    with django_assert_max_num_queries(32):
        assert round_on(world.day) == 60


def crowd(world, count):
    """Many problems of two units and eight owners, due all over the month, raised before it starts."""
    owners = [
        add_person(staff_no=f"77{n:02d}", name=f"冯立{chr(0x4E00 + n)}", unit=world.unit("furnace"), title="班长",
                   on=world.day - timedelta(days=400), by=SYSTEM, at=world.at)
        for n in range(8)
    ]  # fmt: skip
    for number in range(count):
        at = world.at - timedelta(days=2)
        problem = raise_problem(source="daily_check", unit=world.unit("furnace" if number % 2 else "finishing"),
                                statement=f"第 {number} 件", grade=("general", "serious", "major")[number % 3],
                                by=SYSTEM, at=at, found_on=at.date() - timedelta(days=20),
                                supervisor=world.unit("safety_dept"))  # fmt: skip
        assign(problem=problem, lead=owners[number % 8], due_on=world.day + timedelta(days=number % 41 - 10),
               by=SYSTEM, at=at)  # fmt: skip


def test_thirty_days_of_many_problems_leave_everybody_in_peace(world):
    crowd(world, 160)
    run_until_idle(at=world.at)
    for offset in range(30):
        round_on(world.day + timedelta(days=offset))
    days = Counter(Message.objects.with_lines().values_list("person_id", "day"))
    on_duty = world.person("duty_officer").pk
    assert days and max(n for (person, _), n in days.items() if person != on_duty) <= 3
    said = Counter(Line.objects.filter(key__startswith="remind:").values_list("person_id", "key"))
    assert sum(said.values()) == Reminder.objects.count() > 300
    assert set(said.values()) == {1}
