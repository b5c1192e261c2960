"""Spans of days in an address: `2026-07-01..2026-07-31`, open at either end, or a word that moves with the day.

Words make a saved view keep its meaning: 本月到期 is this month's, whenever it is opened.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

WORDS = {
    "today": "今天",
    "this-week": "本周",
    "this-month": "本月",
    "last-month": "上月",
    "this-year": "今年",
    "before-today": "今天以前",
    "next-3": "三天内",
    "next-7": "七天内",
}


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `start` to `end`, both included; None is open. `raw` is how the address says it."""

    start: date | None
    end: date | None
    raw: str

    @property
    def words(self) -> str:
        """2026年7月, 2026年7月以来, 11月30日以前, 11月18日—11月24日: as an office writes it."""
        if self.raw in WORDS:
            return WORDS[self.raw]
        if self.start and self.end:
            return _whole(self.start, self.end) or f"{_day(self.start)}—{_day(self.end)}"
        if self.start:
            return f"{_month_or_day(self.start)}以来"
        return f"{_day(self.end)}以前" if self.end else ""


def _month(day: date, months: int) -> date:
    at = day.year * 12 + day.month - 1 + months
    return date(at // 12, at % 12 + 1, 1)


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _moving(word: str, today: date) -> tuple[date | None, date | None]:
    monday = today - timedelta(days=today.weekday())
    first = today.replace(day=1)
    return {
        "today": (today, today),
        "this-week": (monday, monday + timedelta(days=6)),
        "this-month": (first, _month_end(today)),
        "last-month": (_month(first, -1), first - timedelta(days=1)),
        "this-year": (date(today.year, 1, 1), date(today.year, 12, 31)),
        "before-today": (None, today - timedelta(days=1)),
        "next-3": (today, today + timedelta(days=3)),
        "next-7": (today, today + timedelta(days=7)),
    }[word]


def read_span(raw: str, today: date) -> Span:
    """Raises ValueError with a Chinese sentence when the text is no span of days."""
    if raw in WORDS:
        return Span(*_moving(raw, today), raw)
    left, dots, right = raw.partition("..")
    try:
        start = date.fromisoformat(left) if left else None
        end = (date.fromisoformat(right) if right else None) if dots else start
    except ValueError:
        raise ValueError(f"“{raw}”不是日期，请写成 2026-11-20 或 2026-07-01..2026-11-20") from None
    if start is None and end is None:
        raise ValueError("没有写日期")
    if start and end and start > end:
        raise ValueError(f"起日 {_day(start)}晚于止日 {_day(end)}，请对调")
    return Span(start, end, raw)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _month_or_day(day: date) -> str:
    return f"{day.year}年{day.month}月" if day.day == 1 else _day(day)


def _whole(start: date, end: date) -> str:
    if start == end:
        return _day(start)
    if start.day == 1 and end == _month_end(start):
        return f"{start.year}年{start.month}月"
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31) and start.year == end.year:
        return f"{start.year}年"
    return ""
