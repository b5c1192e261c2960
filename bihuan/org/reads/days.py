"""The working-day calendar of this installation."""

from __future__ import annotations

from datetime import date

from bihuan.kernel.calendar import WorkCalendar
from bihuan.org.models import SpecialDay


def work_calendar() -> WorkCalendar:
    """The calendar from the dated table; beyond its last year only weekends are rest days. One query."""
    off, work, last = set(), set(), None
    for day, kind in SpecialDay.objects.order_by("day").values_list("day", "kind"):
        (off if kind == SpecialDay.Kind.OFF else work).add(day)
        last = day
    return WorkCalendar(frozenset(off), frozenset(work), _year_end(last))


def known_until() -> date | None:
    """The last day the table covers: the end of the last year it has a row for. None without any row."""
    return _year_end(SpecialDay.objects.order_by("-day").values_list("day", flat=True).first())


def _year_end(last: date | None) -> date | None:
    return date(last.year, 12, 31) if last else None
