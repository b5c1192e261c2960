"""Seed the table of holidays and make-up days from the years a library knows.

The State Council publishes the next year's table each November; after the last known year the page of holidays
asks for it, and deadlines say that only weekends are known.
"""

from __future__ import annotations

from datetime import date, timedelta
from importlib.metadata import version

import chinese_calendar
from django.db import transaction

from bihuan.org.models import SpecialDay

_FIRST_YEAR = 2023
_SATURDAY = 5


@transaction.atomic
def load_special_days(*, first_year: int = _FIRST_YEAR) -> int:
    """Seed the holiday table from the library's years; days already there are kept. Returns how many are new."""
    source = f"国务院办公厅节假日安排（经 chinese_calendar {version('chinesecalendar')} 转录）"
    last = max(max(chinese_calendar.holidays), max(chinese_calendar.workdays)).year
    day, rows = date(first_year, 1, 1), []
    while day.year <= last:
        off, name = chinese_calendar.get_holiday_detail(day)
        if off and name:
            rows.append(
                SpecialDay(day=day, kind=SpecialDay.Kind.OFF, name=_CHINESE.get(name, name), source=source)
            )
        elif not off and day.weekday() >= _SATURDAY:
            name = f"{_CHINESE.get(name, '节假日')}调休"
            rows.append(SpecialDay(day=day, kind=SpecialDay.Kind.WORK, name=name, source=source))
        day += timedelta(days=1)
    before = SpecialDay.objects.count()
    SpecialDay.objects.bulk_create(rows, ignore_conflicts=True)
    return SpecialDay.objects.count() - before


_CHINESE = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "National Day": "国庆节",
    "Mid-autumn Festival": "中秋节",
}
