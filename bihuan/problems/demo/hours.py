"""When people act: on working days in working hours, mostly."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

from bihuan.kernel.calendar import WorkCalendar
from bihuan.kernel.moment import CHINA, local_day

_FIRST, _LAST = 8 * 60 + 5, 17 * 60 + 40


def at_hour(day: date, random: Random) -> datetime:
    """Some minute of the working hours of this day."""
    minute = random.randrange(_FIRST, _LAST)
    return datetime.combine(day, time(minute // 60, minute % 60, random.randrange(60)), CHINA)


class Hours:
    def __init__(self, calendar: WorkCalendar) -> None:
        self._calendar = calendar

    def later(self, t: datetime, days: int, random: Random) -> datetime:
        """`days` working days after `t`; 0 is the same day, half an hour to three hours later."""
        if days <= 0:
            return t + timedelta(minutes=random.randrange(30, 180))
        return at_hour(self._calendar.add_working(local_day(t), days), random)

    def on(self, day: date, not_before: datetime, random: Random) -> datetime:
        """On this day or the last working day before it, but after `not_before`."""
        if not self._calendar.is_working(day):
            day = self._calendar.add_working(day, -1)
        wanted = at_hour(day, random)
        if wanted > not_before:
            return wanted
        return self.later(not_before, 0 if local_day(not_before) >= day else 1, random)
