"""What a cell says about time, and how days are written in sentences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

DAY, RANGE, MONTH, IMMEDIATE, LONG_TERM, NONE = "day", "range", "month", "immediate", "long_term", "none"
TIME_LIMITED = "time_limited"


@dataclass(frozen=True, slots=True)
class DateReading:
    """`kind` is day, range, month, immediate, long_term or none.

    A day has `start == end`; a range or month its first and last day. `immediate` and `long_term` carry a day
    only where the cell names one besides the word (for long_term it is the next node, or only `start` for
    自…起). `guess` says in one sentence what was assumed and is set if and only if `guessed`; `problem` says
    why nothing could be read and stays empty when nothing was stated.
    """

    kind: str
    start: date | None
    end: date | None
    guessed: bool
    guess: str
    problem: str
    raw: str

    @property
    def due(self) -> date | None:
        """The last day meant: what counts if the cell is a deadline."""
        return self.end

    @property
    def timing(self) -> str:
        """The timing class this means for a deadline; empty if nothing was read."""
        if self.kind == NONE:
            return ""
        return self.kind if self.kind in (IMMEDIATE, LONG_TERM) else TIME_LIMITED


def say(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def say_span(start: date, end: date) -> str:
    """2026年9月1日—9月10日; the year is repeated only where it changes."""
    if start == end:
        return say(start)
    last = say(end) if start.year != end.year else f"{end.month}月{end.day}日"
    return f"{say(start)}—{last}"


def quote(text: str) -> str:
    """The cell's own words, cut where a sentence would become unreadable."""
    words = " ".join(text.split())
    return f"“{words[:24]}…”" if len(words) > 25 else f"“{words}”"
