"""Days counted from base: 明天, 本周五, 下周, 3天内, 15个工作日内, 一个月内."""

from __future__ import annotations

import re
from datetime import timedelta

from bihuan.kernel.calendar import CALENDAR_DAYS, MONTHS, WORKING_DAYS, WorkCalendar, add_months
from bihuan.kernel.dates.reading import say
from bihuan.kernel.dates.spans import PAST, Frame, Pattern, Span, day_span, range_span

_NAMED_DAYS = {
    "大前天": -3, "前天": -2, "前日": -2, "昨天": -1, "昨日": -1, "今天": 0, "今日": 0, "当天": 0, "当日": 0,
    "即日": 0, "本日": 0, "明天": 1, "明日": 1, "次日": 1, "第2天": 1, "后天": 2, "后日": 2, "大后天": 3,
}  # fmt: skip
_WEEKS_OFF = {"上上": -2, "上": -1, "本": 0, "这": 0, "当": 0, "下": 1, "下下": 2}
_WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
_UNITS = {
    "工作日": (1, WORKING_DAYS), "自然日": (1, CALENDAR_DAYS), "日历日": (1, CALENDAR_DAYS),
    "日历天": (1, CALENDAR_DAYS), "天": (1, CALENDAR_DAYS), "日": (1, CALENDAR_DAYS), "周": (7, CALENDAR_DAYS),
    "星期": (7, CALENDAR_DAYS), "礼拜": (7, CALENDAR_DAYS), "月": (1, MONTHS), "季度": (3, MONTHS), "年": (12, MONTHS),
}  # fmt: skip
_HALVES = {"月": (15, CALENDAR_DAYS), "年": (6, MONTHS), "天": (0, CALENDAR_DAYS)}
# Longer terms are slips of the pen or no terms at all.
_MOST = {CALENDAR_DAYS: 3650, WORKING_DAYS: 1000, MONTHS: 120}


def _counted(frame: Frame) -> str:
    return f"从 {say(frame.base)} 算起"


def _named_day(match: re.Match[str], frame: Frame) -> Span:
    return day_span(frame.base + timedelta(days=_NAMED_DAYS[match.group()]), _counted(frame))


def _week(match: re.Match[str], frame: Frame) -> Span:
    """A whole week is Monday to Sunday, 周末 its Saturday and Sunday."""
    monday = frame.base + timedelta(days=7 * _WEEKS_OFF[match["w"]] - frame.base.weekday())
    if match["d"] in _WEEKDAYS:
        return day_span(monday + timedelta(days=_WEEKDAYS[match["d"]]), _counted(frame))
    first = 5 if match["d"] else 0
    return range_span(monday + timedelta(days=first), monday + timedelta(days=6), _counted(frame))


def _weekday(match: re.Match[str], frame: Frame) -> Span:
    """周五 alone: the nearest one in the direction of the order, base itself included."""
    if match["d"] == "末":
        saturday = frame.base + timedelta(days=5 - frame.base.weekday() - (7 if frame.order == PAST else 0))
        return range_span(saturday, saturday + timedelta(days=1), _counted(frame))
    ahead = (_WEEKDAYS[match["d"]] - frame.base.weekday()) % 7
    days = ahead - 7 if frame.order == PAST and ahead else ahead
    return day_span(frame.base + timedelta(days=days), _counted(frame))


def _term(match: re.Match[str], frame: Frame) -> Span | None:
    """A length of time after base, the day of base not counted."""
    size = _size(match["n"], match["u"])
    if size is None or size[0] > _MOST[size[1]]:
        return None
    amount, day_type = size
    calendar = frame.calendar or WorkCalendar()
    day = calendar.add(frame.base, amount, day_type)
    if day_type != WORKING_DAYS or calendar.knows(day):
        return day_span(day, _counted(frame))
    unknown = "没有节假日表，只跳过周末" if frame.calendar is None else "节假日表没有排到那天，其后只跳过周末"
    return day_span(day, _counted(frame), unknown)


def _months_and_half(match: re.Match[str], frame: Frame) -> Span:
    day = add_months(frame.base, int(match["n"])) + timedelta(days=15)
    return day_span(day, _counted(frame), "半个月按 15 天")


def _size(number: str, unit: str) -> tuple[int, str] | None:
    if number == "半":
        return _HALVES.get(unit)
    factor, day_type = _UNITS[unit]
    return int(number) * factor, day_type


def _hours(match: re.Match[str], frame: Frame) -> Span | None:
    """Hours are kept as days, rounded up: the reader knows no time of day."""
    hours = int(match["n"])
    if hours > 24 * 100:
        return None
    return day_span(frame.base + timedelta(days=-(-hours // 24) if hours >= 24 else 0), _counted(frame))


_WITHIN = "(?:之内|以内|内|之后|以后|后)"

_UNIT_OF_TERM = (
    "(?P<u>工作日|自然日|日历日|日历天|天|星期|礼拜|周(?![一二三四五六日天末])"
    f"|(?<=个)(?:月|季度)|(?<=半)[月年]|[日年](?={_WITHIN}))"
)

RELATIVE: list[Pattern] = [
    (re.compile(rf"(?<![\d.每])(?P<n>\d{{1,4}}|(?<![上下个\d])半)个?{_UNIT_OF_TERM}{_WITHIN}?"), _term),
    (re.compile(r"(?<![\d.每])(?P<n>\d{1,2})个半月"), _months_and_half),
    (re.compile(r"(?<!\d)(?P<n>\d{1,4})个?小时"), _hours),
    (re.compile("|".join(sorted(_NAMED_DAYS, key=len, reverse=True))), _named_day),
    (re.compile(r"(?P<w>上上|下下|[上本这当下])1?个?(?:周|星期|礼拜)(?P<d>[一二三四五六日天末])?"), _week),
    (re.compile(r"(?<![每\d个])(?:周|星期|礼拜)(?P<d>[一二三四五六日天末])"), _weekday),
]
