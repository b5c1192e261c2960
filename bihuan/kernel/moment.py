"""Moments and days. Moments are aware UTC times; legal days are days in China, whatever the server thinks."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")


def local_day(at: datetime) -> date:
    """The day in China at this moment. Raises ValueError for a naive time: it has no day of its own."""
    if at.tzinfo is None:
        raise ValueError("a naive time has no place on the calendar")
    return at.astimezone(CHINA).date()


def day_start(day: date) -> datetime:
    """The first moment of a day in China, as an aware time."""
    return datetime.combine(day, time.min, CHINA)
