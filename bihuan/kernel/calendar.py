"""Working days, months and the day on which something can really be handed in.

The holiday table is data handed in by the caller (the State Council publishes it late in each year for the
next), so one calendar value answers the same for ever and the rooms above decide where the table comes from.
Counting follows the Civil Code (民法典): the day of the event itself is not counted (art. 201), months end on
the same day or on the last day of the month (art. 202), a last day that is a holiday moves on (art. 203).
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

CALENDAR_DAYS, WORKING_DAYS, MONTHS = "calendar_days", "working_days", "months"
DAY_TYPE_LABELS = {CALENDAR_DAYS: "天", WORKING_DAYS: "个工作日", MONTHS: "个月"}

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def add_months(day: date, months: int) -> date:
    """The same day `months` later (earlier if negative), or the last day of that month if it has no such day.

    Raises ValueError outside the years 1–9999.
    """
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        raise ValueError(f"year {year} is out of range")
    return date(year, month0 + 1, min(day.day, monthrange(year, month0 + 1)[1]))


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """`days_off` are rest days that fall on weekdays, `make_up_days` weekend days that are worked.

    `known_until` is the last day the table covers, None if there is no table: after it only weekends are
    known, and `knows()` lets a page say so.
    """

    days_off: frozenset[date] = frozenset()
    make_up_days: frozenset[date] = frozenset()
    known_until: date | None = None

    def knows(self, day: date) -> bool:
        """True if the holiday table covers the day."""
        return self.known_until is not None and day <= self.known_until

    def is_working(self, day: date) -> bool:
        """A make-up day is worked even if some table also lists it as off: it is the later decision."""
        if day in self.make_up_days:
            return True
        return day not in self.days_off and day.weekday() < _SATURDAY

    def next_working(self, day: date) -> date:
        """The first working day after `day`."""
        return self.add_working(day, 1)

    def add_working(self, day: date, count: int) -> date:
        """The `count`-th working day after `day` (before it if negative); 0 gives the day itself."""
        step = _ONE_DAY if count > 0 else -_ONE_DAY
        left = abs(count)
        while left:
            day += step
            left -= self.is_working(day)
        return day

    def working_between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; negative if `end` lies before `start`."""
        if end < start:
            return -self.working_between(end, start)
        return sum(self.is_working(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))

    def add_months(self, day: date, months: int) -> date:
        return add_months(day, months)

    def add(self, day: date, amount: int, day_type: str) -> date:
        """`amount` of `day_type` (calendar_days, working_days, months) after `day`. ValueError if unknown."""
        if day_type == CALENDAR_DAYS:
            return day + timedelta(days=amount)
        if day_type == WORKING_DAYS:
            return self.add_working(day, amount)
        if day_type == MONTHS:
            return add_months(day, amount)
        raise ValueError(f"unknown day type {day_type!r}")

    def actual_latest(self, day: date) -> date:
        """The day itself if it is worked, else the next working day: the last day an office takes papers."""
        return day if self.is_working(day) else self.next_working(day)
