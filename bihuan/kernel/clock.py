"""The clock that stands first in every list: how late, how long still, or which node comes next.

Words and tones are those of the look: tinted where somebody has to act (late, today), amber within three
days, grey otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

LATE, TODAY, SOON, LATER, STAGE, NONE, DONE = "late", "today", "soon", "later", "stage", "none", "done"
SOON_DAYS = 3
LONG_TERM = "long_term"


@dataclass(frozen=True, slots=True)
class Clock:
    """`days` are days left, negative when late, None where no day counts; `words` are for the page."""

    tone: str
    days: int | None
    words: str


def read_clock(
    due: date | None, today: date, timing: str = "", *, closed: bool = False, closed_words: str = "已销号"
) -> Clock:
    """The clock of one thing.

    `timing` is the timing class (`immediate`, `time_limited`, `long_term`); a long-term matter has nodes
    instead of a deadline, but a node that went by is as late as any other day. `closed` stops the clock;
    `closed_words` says how it ended (已销号、已作废、已办结).
    """
    if closed:
        return Clock(DONE, None, closed_words)
    if due is None:
        return Clock(STAGE, None, "长期坚持") if timing == LONG_TERM else Clock(NONE, None, "未定期限")
    days = (due - today).days
    if days < 0:
        return Clock(LATE, days, f"逾期 {-days} 天")
    if timing == LONG_TERM:
        return Clock(STAGE, days, f"节点 {_short(due, today)}")
    if days == 0:
        return Clock(TODAY, 0, "今天到期")
    return Clock(SOON if days <= SOON_DAYS else LATER, days, f"剩 {days} 天")


def _short(day: date, today: date) -> str:
    """The year is only written when it is another one."""
    year = "" if day.year == today.year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日"
