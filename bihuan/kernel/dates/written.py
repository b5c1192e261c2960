"""Days whose year, month and day are all written: 2024.10.28, 24.10.28, 20241028, 2024年10月28日."""

from __future__ import annotations

import re
from datetime import date

from bihuan.kernel.dates.spans import Frame, Pattern, Span, full_day, month_span, range_span, whole_year


def _written(match: re.Match[str], frame: Frame) -> Span | None:
    year, why = whole_year(match["y"], frame.base)
    return full_day(year, int(match["m"]), int(match["d"]), match.group(), *why)


def _short_year(match: re.Match[str], frame: Frame) -> Span | None:
    """A slip in 24.13.45 is not told from a clause number, so it is no date rather than an impossible one."""
    span = _written(match, frame)
    return None if span is None or span.problem else span


def _year_last(match: re.Match[str], frame: Frame) -> Span | None:
    """10/28/2024 or 28/10/2024; with both up to 12 the month is taken to come first."""
    first, second, year = int(match["a"]), int(match["b"]), int(match["y"])
    month, day = (second, first) if first > 12 else (first, second)
    why = f"年份写在最后，按 {month}月{day}日"
    span = full_day(year, month, day, match.group(), why)
    return None if span is None or span.problem else span


def _year_month(match: re.Match[str], frame: Frame) -> Span | None:
    year, month = int(match["y"]), int(match["m"])
    return month_span(year, month) if 1 <= month <= 12 else None


def _year(match: re.Match[str], frame: Frame) -> Span | None:
    year = int(match["y"])
    return range_span(date(year, 1, 1), date(year, 12, 31), "只写到年")


_Y = r"(?P<y>(?:19|20)\d{2})"

WRITTEN: list[Pattern] = [
    (re.compile(r"(?<!\d)(?P<y>\d{4})(?P<s>[./ -])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})日?(?!\d)"), _written),
    (re.compile(r"(?<!\d)(?P<y>\d{4})[年./-](?P<m>\d{1,2})[月./-](?P<d>\d{1,2})[日号](?!\d)"), _written),
    (re.compile(r"(?<!\d)(?P<y>\d{4})年(?P<m>\d{1,2})[月./-](?P<d>\d{1,2})[日号]?(?!\d)"), _written),
    (re.compile(r"(?<!\d)(?P<y>\d{2})年(?P<m>\d{1,2})[月./-](?P<d>\d{1,2})[日号]?(?!\d)"), _written),
    (
        re.compile(
            r"(?<![\d./])(?<![A-Za-z]-)'?(?P<y>\d{2})(?P<s>[./-])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})日?(?!\d|[./]\d)"
        ),
        _short_year,
    ),
    (
        re.compile(
            r"(?<!\d)(?P<y>(?:19|20)\d{2})(?P<m>0[1-9]|1[0-2])(?P<d>[0-3]\d)(?:T?\d{4}(?:\d{2})?)?(?!\d)"
        ),
        _written,
    ),
    (re.compile(r"^(?P<y>\d{2})(?P<m>0[1-9]|1[0-2])(?P<d>[0-3]\d)$"), _short_year),
    (
        re.compile(
            r"(?<![\d./-])(?P<a>\d{1,2})(?P<s>[./-])(?P<b>\d{1,2})(?P=s)(?P<y>(?:19|20)\d{2})(?!\d|[./]\d)"
        ),
        _year_last,
    ),
    (
        re.compile(
            rf"(?<![\d./])(?<![A-Za-z]-){_Y}(?P<s>[./-])(?P<m>\d{{1,2}})(?!\d|(?P=s)\d|号|[月初中上下底末])"
        ),
        _year_month,
    ),
    (re.compile(rf"^{_Y}(?P<m>0[1-9]|1[0-2])$"), _year_month),
]

# Tried after everything else: 2024年 also begins 2024年底, 2024年10月 and 2024年第三季度.
YEAR_ALONE: list[Pattern] = [
    (re.compile(rf"(?<!\d){_Y}年度?(?!\d)"), _year),
    (re.compile(rf"^{_Y}$"), _year),
]
