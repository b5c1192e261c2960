"""Working days, months, actual latest day: known dates of one invented holiday table, then the laws."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.kernel.calendar import WorkCalendar, add_months, month_end

# National Day 2026 as a plant would enter it: a week off, one Saturday and one Sunday worked for it.
AUTUMN = WorkCalendar(
    days_off=frozenset(date(2026, 10, n) for n in (1, 2, 5, 6, 7)),
    make_up_days=frozenset({date(2026, 9, 27), date(2026, 10, 10)}),
    known_until=date(2026, 12, 31),
)

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
CALENDARS = st.builds(
    WorkCalendar,
    days_off=st.frozensets(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=40),
    make_up_days=st.frozensets(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=20),
)
NEAR = st.dates(date(2025, 12, 1), date(2027, 1, 31))
COUNTS = st.integers(0, 60)


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2026, 9, 25), True),
        (date(2026, 9, 26), False),
        (date(2026, 9, 27), True),
        (date(2026, 10, 1), False),
        (date(2026, 10, 8), True),
        (date(2026, 10, 10), True),
        (date(2026, 10, 11), False),
    ],
)
def test_it_knows_weekends_holidays_and_make_up_days(day: date, worked: bool) -> None:
    assert AUTUMN.is_working(day) is worked


def test_a_day_listed_twice_is_worked() -> None:
    day = date(2026, 10, 1)
    assert WorkCalendar(frozenset({day}), frozenset({day})).is_working(day)


@pytest.mark.parametrize(
    ("start", "amount", "day_type", "due", "latest"),
    [
        (date(2026, 9, 25), 1, "working_days", date(2026, 9, 27), date(2026, 9, 27)),
        (date(2026, 9, 30), 1, "working_days", date(2026, 10, 8), date(2026, 10, 8)),
        (date(2026, 10, 9), -2, "working_days", date(2026, 9, 30), date(2026, 9, 30)),
        (date(2026, 9, 30), 0, "working_days", date(2026, 9, 30), date(2026, 9, 30)),
        (date(2026, 9, 21), 10, "calendar_days", date(2026, 10, 1), date(2026, 10, 8)),
        (date(2026, 8, 31), 1, "months", date(2026, 9, 30), date(2026, 9, 30)),
        (date(2026, 9, 3), 1, "months", date(2026, 10, 3), date(2026, 10, 8)),
        (date(2024, 2, 29), 12, "months", date(2025, 2, 28), date(2025, 2, 28)),
    ],
)
def test_it_adds_each_kind_of_day(start: date, amount: int, day_type: str, due: date, latest: date) -> None:
    assert AUTUMN.add(start, amount, day_type) == due
    assert AUTUMN.actual_latest(due) == latest


def test_it_refuses_a_day_type_it_does_not_know() -> None:
    with pytest.raises(ValueError, match="fortnights"):
        AUTUMN.add(date(2026, 9, 1), 1, "fortnights")


def test_it_says_how_far_its_table_reaches() -> None:
    assert AUTUMN.knows(date(2026, 12, 31))
    assert not AUTUMN.knows(date(2027, 1, 1))
    assert not WorkCalendar().knows(date(2026, 1, 1))


@given(CALENDARS, NEAR, COUNTS)
def test_adding_and_taking_away_working_days_comes_back(
    calendar: WorkCalendar, day: date, count: int
) -> None:
    worked = calendar.actual_latest(day)
    assert calendar.add_working(calendar.add_working(worked, count), -count) == worked


@given(CALENDARS, NEAR, COUNTS)
def test_the_days_between_are_the_days_added(calendar: WorkCalendar, day: date, count: int) -> None:
    assert calendar.working_between(day, calendar.add_working(day, count)) == count


@given(CALENDARS, NEAR, NEAR)
def test_between_changes_its_sign_with_the_direction(calendar: WorkCalendar, a: date, b: date) -> None:
    assert calendar.working_between(a, b) == -calendar.working_between(b, a)


@given(CALENDARS, NEAR, NEAR, COUNTS)
def test_a_later_start_never_ends_earlier(calendar: WorkCalendar, a: date, b: date, count: int) -> None:
    first, second = sorted((a, b))
    assert calendar.add_working(first, count) <= calendar.add_working(second, count)


@given(CALENDARS, NEAR)
def test_the_actual_latest_day_is_worked_and_the_first_such(calendar: WorkCalendar, day: date) -> None:
    latest = calendar.actual_latest(day)
    assert calendar.is_working(latest)
    skipped = [day + timedelta(days=n) for n in range((latest - day).days)]
    assert not any(calendar.is_working(d) for d in skipped)


@given(DAYS, st.integers(-600, 600))
def test_months_keep_the_day_or_take_the_last(day: date, months: int) -> None:
    moved = add_months(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day == day.day or (moved == month_end(moved.year, moved.month) and moved.day < day.day)


def test_months_out_of_range_are_a_value_error() -> None:
    with pytest.raises(ValueError, match="out of range"):
        add_months(date(9999, 12, 1), 1)
