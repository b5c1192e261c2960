"""What a pattern yields, what it may know, and the arithmetic of years that nobody wrote."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bihuan.kernel.calendar import WorkCalendar, month_end
from bihuan.kernel.dates.reading import DAY, MONTH, RANGE, say

PAST, FUTURE = "past", "future"
ONLY_MONTH = "只写到月"

# No ledger speaks of other years; what looks like one is a slip or no date.
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
# 29 February comes back within eight years, also across 1900 and 2100.
_YEARS_TO_LOOK = 9
_CHINESE_MONTHS = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"]


@dataclass(frozen=True, slots=True)
class Frame:
    """`following` is the kind of the left side when the right side of a range is read, else empty."""

    base: date
    order: str
    calendar: WorkCalendar | None = None
    following: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """Days read out of a piece of text. `why` lists what was assumed; `problem` makes the days void."""

    kind: str
    start: date
    end: date
    guessed: bool = False
    why: tuple[str, ...] = ()
    problem: str = ""
    yearless: bool = False


Builder = Callable[[re.Match[str], Frame], "Span | None"]
Pattern = tuple[re.Pattern[str], Builder]


def day_span(day: date, *why: str, guessed: bool | None = None) -> Span:
    return Span(DAY, day, day, bool(why) if guessed is None else guessed, why)


def month_span(year: int, month: int, *why: str) -> Span:
    return Span(MONTH, date(year, month, 1), month_end(year, month), True, (ONLY_MONTH, *why))


def range_span(start: date, end: date, *why: str) -> Span:
    return Span(RANGE, start, end, True, why)


def full_day(year: int, month: int, day: int, words: str, *why: str) -> Span | None:
    """The day, or a span that carries the sentence why there is none. None if the year is no ledger's year."""
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    problem = impossible(year, month, day, words)
    return (
        Span(DAY, date.min, date.min, problem=problem) if problem else day_span(date(year, month, day), *why)
    )


def impossible(year: int | None, month: int, day: int, words: str) -> str:
    """Why there is no such day, empty if there is. Without a year 29 February is granted."""
    if not 1 <= month <= 12:
        return f"“{words}”没有这一天，月份只有 1 到 12"
    last = month_end(2000 if year is None else year, month).day
    if 1 <= day <= last:
        return ""
    if day < 1:
        return f"“{words}”没有这一天，日子从 1 日算起"
    named = f"{year}年二月" if month == 2 and year is not None else f"{_CHINESE_MONTHS[month - 1]}月"
    return f"“{words}”没有这一天，{named}{'最多' if month == 2 and year is None else '只'}有 {last} 天"


def whole_year(digits: str, base: date) -> tuple[int, tuple[str, ...]]:
    """(year, what was assumed) of four digits or two."""
    if len(digits) == 4:
        return int(digits), ()
    year = 2000 + int(digits)
    if year > base.year + 20:
        year -= 100
    return year, (f"年份只写了两位，按 {year}年",)


def nearest(make: Callable[[int], Span | None], frame: Frame) -> Span | None:
    """The yearless thing in the year the order asks for.

    past: the nearest that does not begin in the future; future: the nearest that does not end before base.
    `make` gives the span in a year, None if that year has none (29 February).
    """
    step = -1 if frame.order == PAST else 1
    for year in range(frame.base.year - step, frame.base.year + step * _YEARS_TO_LOOK, step):
        span = _in_year(make, year)
        if span and (span.start <= frame.base if frame.order == PAST else span.end >= frame.base):
            side = "不晚于" if frame.order == PAST else "不早于"
            why = () if frame.following else (f"没写年份，取{side} {say(frame.base)} 的最近一次",)
            return Span(span.kind, span.start, span.end, span.guessed or bool(why), span.why + why, "", True)
    return None


def _in_year(make: Callable[[int], Span | None], year: int) -> Span | None:
    try:
        return make(year)
    except (ValueError, OverflowError):
        return None
