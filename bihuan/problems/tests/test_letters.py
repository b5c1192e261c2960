"""督办升级: what is due goes out by working days, numbered without a gap, and ends when things change."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.kernel.actor import SYSTEM
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Invalid, Refused
from bihuan.notify.models import Line
from bihuan.org.models import Person
from bihuan.org.tests.world import SHANGHAI
from bihuan.problems.actions.ask_extension import ask_extension
from bihuan.problems.actions.ask_transfer import ask_transfer
from bihuan.problems.actions.decide_extension import decide_extension
from bihuan.problems.actions.decide_transfer import decide_transfer
from bihuan.problems.actions.end_letters import end_stale_letters
from bihuan.problems.actions.give_letters import give_letters
from bihuan.problems.actions.release_letter import release_letter
from bihuan.problems.actions.reown import reown
from bihuan.problems.actions.sign_letter import sign_letter
from bihuan.problems.actions.take_over import OldRow, take_over
from bihuan.problems.actions.withdraw_letter import withdraw_letter
from bihuan.problems.models import Letter, Problem
from bihuan.record.models import Event

from .story import hand_in, problem_in

#: the furnace problem is due on 30 September; 1–8 October are days off, Saturday 11 October is worked
FIRST, SEVENTH, FIFTEENTH, THIRTIETH = (
    date(2025, 10, 9),
    date(2025, 10, 16),
    date(2025, 10, 28),
    date(2025, 11, 18),
)


def morning(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 7, 35, tzinfo=SHANGHAI)


def late_problem(world, **details) -> Problem:
    problem = problem_in(world, "rectifying", **details)
    assert problem.due_on == date(2025, 9, 30)
    return problem


def climb(problem: Problem, until: date) -> list[Letter]:
    """Every morning from the deadline (or the last letter) on, also on rest days; what waits is not released."""
    last = problem.letters.order_by("-made_on").first()
    day = local_day(last.made_on) if last else problem.due_on
    while day <= until:
        give_letters(at=morning(day))
        day += timedelta(days=1)
    return list(problem.letters.order_by("id"))


def test_steps_follow_by_working_days(world):
    problem = late_problem(world)
    assert climb(problem, date(2025, 10, 8)) == [], "seven days late by the calendar, none by working days"
    reminder, supervision, warning = climb(problem, date(2025, 10, 31))
    assert (reminder.step, reminder.issued_at, reminder.days) == ("reminder", morning(FIRST), 1)
    assert (supervision.step, supervision.issued_at, supervision.days) == ("supervision", morning(SEVENTH), 7)
    assert (warning.step, warning.made_on, warning.days) == ("warning", morning(FIFTEENTH), 15)
    assert (reminder.number, supervision.number, warning.number) == (
        "提醒〔2025〕1号",
        "督办〔2025〕1号",
        None,
    )
    assert (reminder.state, warning.state) == ("issued", "waiting")
    kinds = [e.kind for e in Event.objects.of(reminder.stream)]
    assert kinds == ["letter.issued"]


def test_a_deadline_on_a_rest_day_is_late_a_working_day_later(world):
    """Sunday 12 October ends on Monday 13 October; Tuesday is the first day late."""
    problem = late_problem(world)
    Problem.objects.filter(pk=problem.pk).update(due_on=date(2025, 10, 12))
    assert give_letters(at=morning(date(2025, 10, 13))) == 0
    assert give_letters(at=morning(date(2025, 10, 14))) == 1
    assert problem.letters.get().days == 1


def test_each_goes_to_whom_the_step_says(world):
    problem = late_problem(world)
    reminder, supervision, warning = climb(problem, FIFTEENTH)
    by_kind = lambda letter, kind: set(  # noqa: E731
        letter.addressees.filter(kind=kind).values_list("person_id", flat=True)
    )
    assert by_kind(reminder, "to") == {problem.lead_id}
    assert by_kind(supervision, "to") == {world.person("unit_head").pk}
    officers = {world.person("safety_officer").pk, world.person("second_officer").pk}
    assert by_kind(supervision, "copy") == {problem.lead_id} | officers
    assert world.person("leader").pk in by_kind(warning, "copy")
    told = Line.objects.filter(person=world.person("unit_head"), key=f"letter:{supervision.pk}:to")
    assert told.get().message.kind == "urgent"
    assert problem.statement[:6] not in told.get().text


def test_twice_on_one_morning_makes_one_letter(world):
    problem = late_problem(world)
    assert give_letters(at=morning(FIRST)) == 1
    assert give_letters(at=morning(FIRST) + timedelta(hours=2)) == 0
    assert problem.letters.count() == 1
    lines = Line.objects.filter(key__startswith="letter")
    assert lines.count() == lines.values("person", "key").distinct().count() > 0


@pytest.mark.parametrize("state", ["raised", "verifying", "closed"])
def test_nobody_is_urged_who_has_nothing_to_do(world, state):
    problem = problem_in(world, state)
    assert give_letters(at=morning(date(2025, 12, 1))) == 0
    assert problem.letters.count() == 0


def test_long_term_work_gets_no_letter(world):
    problem = problem_in(world, "rectifying", timing="long_term")
    Problem.objects.filter(pk=problem.pk).update(due_on=date(2025, 9, 20), first_due_on=date(2025, 9, 20))
    assert give_letters(at=morning(FIRST)) == 0


def test_a_backlog_starts_with_the_reminder_and_climbs_one_step_at_a_time(world):
    """What came in years late from an old ledger is not called to account on the first morning."""
    lead = world.person("worker_a")
    rows = [
        OldRow(
            origin_key=f"k{n}", unit=world.unit("furnace"), statement=f"遗留问题 {n}", found_on=date(2023, 1, 5),
            due_on=date(2023, 3, 1), details={"lead": lead, "progress": "in_progress"},
        )
        for n in range(5)
    ]  # fmt: skip
    take_over(source="ledger", rows=rows, by=SYSTEM, at=world.at)
    assert give_letters(at=morning(FIRST)) == 5
    assert set(Letter.objects.values_list("step", flat=True)) == {"reminder"}
    assert give_letters(at=morning(FIRST + timedelta(days=1))) == 0, (
        "the next step not before its days have passed"
    )
    numbers = sorted(int(n.split("〕")[1][:-1]) for n in Letter.objects.values_list("number", flat=True))
    assert numbers == [1, 2, 3, 4, 5]
    bundled = Line.objects.get(person=lead, key__startswith="letters:")
    assert "5 份" in bundled.text


def test_many_cost_no_more_questions_than_few(world):
    def rows(first: int, count: int):
        return [
            OldRow(
                origin_key=f"k{n}", unit=world.unit("furnace"), statement=f"遗留问题 {n}", due_on=date(2025, 9, 30),
                found_on=date(2025, 1, 5), details={"lead": world.person("worker_a"), "progress": "in_progress"},
            )
            for n in range(first, first + count)
        ]  # fmt: skip

    take_over(source="ledger", rows=rows(0, 3), by=SYSTEM, at=world.at)
    with CaptureQueriesContext(connection) as few:
        assert give_letters(at=morning(FIRST)) == 3
    take_over(source="ledger", rows=rows(10, 120), by=SYSTEM, at=world.at)
    with CaptureQueriesContext(connection) as many:
        assert give_letters(at=morning(FIRST) + timedelta(hours=1)) == 120
    assert len(many) <= len(few) + 12


def test_only_a_person_of_the_supervising_side_releases(world):
    problem = late_problem(world)
    warning = climb(problem, FIFTEENTH)[-1]
    at = morning(FIFTEENTH) + timedelta(hours=2)
    for word in ("unit_head", "liaison", "worker_a", "outsider", "secretary"):
        with pytest.raises(Refused):
            release_letter(letter=warning, by=world.actor(word), at=at)
    with pytest.raises(Refused):
        release_letter(letter=warning, by=SYSTEM, at=at)
    out = release_letter(letter=warning, by=world.actor("safety_officer"), at=at)
    assert (out.number, out.state, out.issued_by_id) == (
        "预警〔2025〕1号",
        "issued",
        world.person("safety_officer").pk,
    )
    assert [e.kind for e in Event.objects.of(out.stream)] == ["letter.made", "letter.issued"]
    assert Line.objects.filter(person=world.person("unit_head"), key=f"letter:{out.pk}:to").exists()


def test_accountability_waits_for_a_person_whatever_the_pack_says(world):
    problem = late_problem(world)
    warning = climb(problem, FIFTEENTH)[-1]
    assert climb(problem, THIRTIETH)[-1] == warning, "no further step before this one went out"
    release_letter(letter=warning, by=world.actor("safety_officer"), at=morning(THIRTIETH))
    last = climb(problem, date(2025, 12, 12))[-1]
    assert (last.step, last.state, last.number) == ("accountability", "waiting", None)
    assert last.made_on >= morning(date(2025, 12, 9)), "fifteen working days after the warning went out"


def test_a_receipt_is_signed_by_whom_it_is_for(world):
    problem = late_problem(world)
    reminder, supervision = climb(problem, SEVENTH)
    at = morning(SEVENTH) + timedelta(hours=1)
    for word in ("safety_officer", "leader", "outsider", "secretary"):
        with pytest.raises(Refused):
            sign_letter(letter=supervision, by=world.actor(word), at=at)
    done = sign_letter(letter=supervision, by=world.actor("liaison"), at=at, text="已安排停机检定")
    assert (done.state, done.received_by_id, done.receipt) == (
        "received",
        world.person("liaison").pk,
        "已安排停机检定",
    )
    assert sign_letter(letter=reminder, by=world.actor("worker_a"), at=at).state == "received"
    with pytest.raises(Refused):
        sign_letter(letter=supervision, by=world.actor("unit_head"), at=at)


def test_an_extension_ends_what_is_unsigned_and_keeps_the_number(world):
    problem = late_problem(world)
    reminder, supervision = climb(problem, SEVENTH)
    at = morning(SEVENTH) + timedelta(hours=1)
    sign_letter(letter=reminder, by=world.actor("worker_a"), at=at)
    problem.refresh_from_db()
    ask_extension(
        problem=problem, new_due_on=date(2025, 10, 24), reason="等备件", by=world.actor("worker_a"), at=at
    )
    decide_extension(problem=problem, granted=True, by=world.actor("safety_officer"), at=at)
    reminder.refresh_from_db()
    supervision.refresh_from_db()
    assert (reminder.state, supervision.state, supervision.ended) == ("received", "cancelled", "date")
    assert supervision.number == "督办〔2025〕1号"
    assert not Line.objects.filter(key=f"letter:{supervision.pk}:to", read_on=None).exists()
    assert Event.objects.of(supervision.stream).filter(kind="letter.cancelled").count() == 1
    again = [one for one in climb(problem, date(2025, 10, 28)) if one.due_on == date(2025, 10, 24)]
    assert [(one.step, one.number) for one in again] == [("reminder", "提醒〔2025〕2号")]


def test_a_new_owner_gets_a_letter_of_their_own(world):
    problem = late_problem(world)
    first = climb(problem, FIRST)[0]
    heir = world.person("worker_b")
    problem.refresh_from_db()
    reown(
        problem=problem,
        lead=heir,
        reason="调岗",
        by=world.actor("unit_head"),
        at=morning(FIRST) + timedelta(hours=1),
    )
    second = climb(problem, date(2025, 10, 10))[-1]
    first.refresh_from_db()
    assert (first.state, first.ended) == ("cancelled", "owner")
    assert (second.step, second.number) == ("reminder", "提醒〔2025〕2号")
    assert list(second.addressees.filter(kind="to").values_list("person_id", flat=True)) == [heir.pk]


def test_another_unit_starts_at_the_bottom(world):
    problem = late_problem(world)
    climb(problem, SEVENTH)
    problem.refresh_from_db()
    at = morning(SEVENTH) + timedelta(hours=1)
    ask_transfer(
        problem=problem, to_unit=world.unit("iron_mill"), reason="归炼铁厂", by=world.actor("liaison"), at=at
    )
    decide_transfer(
        problem=problem, accepted=True, lead=world.person("outsider"), by=world.actor("outsider"), at=at
    )
    assert set(problem.letters.values_list("ended", flat=True)) == {"unit"}
    new = climb(problem, date(2025, 10, 20))[-1]
    assert (new.step, new.unit) == ("reminder", world.unit("iron_mill"))


def test_withdrawn_by_hand_stops_the_series(world):
    problem = late_problem(world)
    reminder = climb(problem, FIRST)[0]
    at = morning(FIRST) + timedelta(hours=1)
    with pytest.raises(Invalid):
        withdraw_letter(letter=reminder, reason=" ", by=world.actor("safety_officer"), at=at)
    with pytest.raises(Refused):
        withdraw_letter(letter=reminder, reason="别发", by=world.actor("unit_head"), at=at)
    done = withdraw_letter(letter=reminder, reason="已电话说明", by=world.actor("safety_officer"), at=at)
    assert (done.state, done.ended, done.number) == ("cancelled", "withdrawn", "提醒〔2025〕1号")
    assert climb(problem, THIRTIETH) == [done]


def test_asking_for_closure_holds_the_release(world):
    problem = late_problem(world)
    warning = climb(problem, FIFTEENTH)[-1]
    problem.refresh_from_db()
    hand_in(world, problem)
    warning = Letter.objects.for_page().get(pk=warning.pk)
    with pytest.raises(Refused, match="不在整改中"):
        release_letter(letter=warning, by=world.actor("safety_officer"), at=morning(FIFTEENTH))


def test_what_a_step_left_behind_is_swept(world):
    """A step that ran beside the round and did not see its letter: the next round ends it."""
    problem = late_problem(world)
    letter = climb(problem, FIRST)[0]
    Problem.objects.filter(pk=problem.pk).update(due_on=date(2025, 12, 31))
    assert end_stale_letters(at=morning(SEVENTH)) == 1
    letter.refresh_from_db()
    assert letter.ended == "date"
    assert end_stale_letters(at=morning(SEVENTH)) == 0


def test_the_outsider_sees_none(world):
    late_problem(world)
    give_letters(at=morning(FIRST))
    assert not Letter.objects.visible_to(world.actor("outsider")).exists()
    assert Letter.objects.visible_to(world.actor("worker_a")).count() == 1
    assert Person.objects.get(pk=world.person("leader").pk)
    assert Letter.objects.visible_to(world.actor("leader")).count() == 1
