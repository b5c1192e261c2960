"""Days and parts of a month, quarter or year: 10月28日, 9月上旬, 10月底, 第三季度末, 年底. The year may be missing."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from bihuan.kernel.calendar import add_months, month_end
from bihuan.kernel.dates.reading import DAY, MONTH, NONE
from bihuan.kernel.dates.spans import (
    Frame,
    Pattern,
    Span,
    day_span,
    full_day,
    impossible,
    month_span,
    nearest,
    range_span,
    whole_year,
)

_Y = r"(?:(?P<y>(?:19|20)\d{2}|(?<!\d)\d{2})年度?)?"
_PART = "(?P<p>底(?!板|部|座)|末|初(?!步|始|期|级)|上旬|中旬|下旬|中(?!国|央|心)|内)?"
_MONTHS_OFF = {"上": -1, "本": 0, "当": 0, "这": 0, "下": 1, "次": 1}


def _with_year(match: re.Match[str], frame: Frame, make: Callable[[int], Span | None]) -> Span | None:
    """`make` in the year written, or in the nearest that fits."""
    if match["y"] is None:
        return nearest(make, frame)
    year, why = whole_year(match["y"], frame.base)
    span = make(year)
    return replace(span, why=span.why + why) if span else None


def _part_of_month(year: int, month: int, part: str | None) -> Span:
    first, last = date(year, month, 1), month_end(year, month)
    if part in ("底", "末"):
        return day_span(last, guessed=True)
    if part in ("初", "上旬"):
        return range_span(first, first.replace(day=10))
    if part in ("中", "中旬"):
        return range_span(first.replace(day=11), first.replace(day=20))
    return range_span(first.replace(day=21), last) if part == "下旬" else month_span(year, month)


def _month_day(match: re.Match[str], frame: Frame) -> Span | None:
    """10月28日. A day no year has is told as such; 29 February goes to a leap year."""
    month, day = int(match["m"]), int(match["d"])
    problem = impossible(None, month, day, match.group())
    if problem:
        return Span(NONE, date.min, date.min, problem=problem)
    return nearest(lambda year: day_span(date(year, month, day)), frame)


def _maybe_month_day(match: re.Match[str], frame: Frame) -> Span | None:
    """10.28 or 10/28 may be anything else, so an impossible one is no date."""
    span = _month_day(match, frame)
    if span is None or span.problem:
        return None
    return replace(span, guessed=not frame.following)


def _month(match: re.Match[str], frame: Frame) -> Span | None:
    month = int(match["m"])
    if not 1 <= month <= 12:
        return None
    return _with_year(match, frame, lambda year: _part_of_month(year, month, match["p"]))


def _near_month(match: re.Match[str], frame: Frame) -> Span | None:
    """本月底, 下月15日, 上个月中旬: counted from the month of base."""
    first = add_months(frame.base.replace(day=1), _MONTHS_OFF[match["w"]])
    why = f"从 {frame.base.year}年{frame.base.month}月 推算"
    if match["d"]:
        return full_day(first.year, first.month, int(match["d"]), match.group(), why)
    span = _part_of_month(first.year, first.month, match["p"])
    return replace(span, why=(*span.why, why))


def _bare_month_part(match: re.Match[str], frame: Frame) -> Span | None:
    """月底: of the month of base, or of the one before where only the past can be meant."""
    span = _part_of_month(frame.base.year, frame.base.month, match["p"])
    if frame.order == "past" and span.start > frame.base:
        before = add_months(frame.base.replace(day=1), -1)
        span = _part_of_month(before.year, before.month, match["p"])
    return replace(span, why=(*span.why, "没写月份"))


def _bare_day(match: re.Match[str], frame: Frame) -> Span | None:
    """28日: in the month of base, or the nearest month before or after it that has the day."""
    day, step = int(match["d"]), -1 if frame.order == "past" else 1
    first = frame.base.replace(day=1)
    for n in range(12):
        month = add_months(first, n * step)
        if 1 <= day <= month_end(month.year, month.month).day:
            found = month.replace(day=day)
            if found == frame.base or (found > frame.base) == (step > 0):
                return day_span(found) if frame.following else day_span(found, "没写年月")
    return None


def _right_number(match: re.Match[str], frame: Frame) -> Span | None:
    """The bare number at the right of 2024.3-5 (a month) or 2024.3.1-15 (a day)."""
    number = int(match["d"])
    if frame.following == DAY:
        return _bare_day(match, frame)
    if frame.following != MONTH or not 1 <= number <= 12:
        return None
    return nearest(lambda year: month_span(year, number), frame)


def _quarter(match: re.Match[str], frame: Frame) -> Span | None:
    if match["q"].isdigit():
        quarter = int(match["q"])
        return _with_year(match, frame, lambda year: _months(year, quarter * 3 - 2, 3, match["p"]))
    this = frame.base.replace(month=(frame.base.month - 1) // 3 * 3 + 1, day=1)
    first = add_months(this, 3 * _MONTHS_OFF[match["q"]])
    span = _months(first.year, first.month, 3, match["p"])
    return replace(span, why=(f"从 {frame.base.year}年{frame.base.month}月 推算",))


def _half_year(match: re.Match[str], frame: Frame) -> Span | None:
    first = 1 if match["h"] == "上" else 7
    return _with_year(match, frame, lambda year: _months(year, first, 6, match["p"]))


def _part_of_year(match: re.Match[str], frame: Frame) -> Span | None:
    part = match["p"]
    if part == "初":
        return _with_year(match, frame, lambda year: _months(year, 1, 1, None))
    if part == "内":
        return _with_year(match, frame, lambda year: _months(year, 1, 12, None))
    month = 6 if part == "中" else 12
    return _with_year(match, frame, lambda year: day_span(month_end(year, month), guessed=True))


def _months(year: int, first: int, count: int, part: str | None) -> Span:
    """Months as a range, or its last day for 末 and 底, its first month for 初."""
    last = month_end(year, first + count - 1)
    if part in ("底", "末"):
        return day_span(last, guessed=True)
    return range_span(date(year, first, 1), month_end(year, first) if part == "初" else last)


_TAIL = "(?:之前|以前|前|止|截止|内|完成|整改|已|销号)*$"
_RIGHT = r"(?=[-~至到]\d{1,2}(?:[./]\d{1,2})?(?:日|号)?" + _TAIL + ")"

MONTHLY: list[Pattern] = [
    (re.compile(r"(?<!\d)(?P<m>\d{1,2})月(?P<d>\d{1,2})[日号]?(?!\d)(?!个)"), _month_day),
    (re.compile(rf"(?P<w>[上本当这下次])1?个?月份?(?:(?P<d>\d{{1,2}})[日号]|{_PART})"), _near_month),
    (
        re.compile(rf"(?<!\d)(?:(?P<y>(?:19|20)\d{{2}}|\d{{2}})[年./-])?(?P<m>\d{{1,2}})月份?{_PART}(?!\d)"),
        _month,
    ),
    (
        re.compile(r"(?<!\d)(?P<y>(?:19|20)\d{2})[./-年](?P<m>\d{1,2})(?P<p>底|末|初|上旬|中旬|下旬|中)"),
        _month,
    ),
    (re.compile(r"(?<!\d)(?P<y>(?:19|20)\d{2})年(?P<m>\d{1,2})(?P<p>$)"), _month),
    (
        re.compile(r"(?<![\d个每半])月(?P<p>底(?!板|部|座)|末|初(?!步|始|期|级)|中(?!国|央|心|旬))"),
        _bare_month_part,
    ),
    (re.compile(rf"{_Y}第?(?P<q>(?<!\d)[1-4]|[本上下这])1?个?季度(?P<p>底|末|初|内)?"), _quarter),
    (re.compile(rf"{_Y}(?P<h>[上下])半年(?P<p>底|末|内)?"), _half_year),
    (
        re.compile(
            r"(?<![半每\d])(?:(?P<y>(?:19|20)\d{2}|\d{2})年?)?年(?P<p>底|末|终|初(?!步|始|期|级)|内|中(?!国|央|心))"
        ),
        _part_of_year,
    ),
    (
        re.compile(rf"^(?:限|于|在|定于)?(?P<m>\d{{1,2}})[./](?P<d>\d{{1,2}})(?:[日号]?{_TAIL}|{_RIGHT})"),
        _maybe_month_day,
    ),
    (re.compile(rf"^(?:限|于|在|定于)?(?P<m>[01]\d)-(?P<d>[0-3]\d)[日号]?{_TAIL}"), _maybe_month_day),
    (re.compile(rf"^(?:限|于|在|定于)?(?P<d>\d{{1,2}})[日号](?!内|以内|之内){_TAIL}"), _bare_day),
]

# Only at the right of a range, where the left side gives year and month.
RIGHT_SIDE: list[Pattern] = [
    (re.compile(r"(?P<m>\d{1,2})[./-](?P<d>\d{1,2})[日号]?(?!\d)"), _maybe_month_day),
    (re.compile(r"(?P<d>\d{1,2})[日号](?!\d)"), _bare_day),
    (re.compile(r"(?P<d>\d{1,2})(?![\d./月-])"), _right_number),
]
