"""Cells with dates and deadlines. What the kernel read with an assumption is passed on as a guess."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache

from bihuan.kernel.dates import DateReading, read_date
from bihuan.kernel.text import half_width

from .draft import Row
from .fields import label_of
from .grid import as_text
from .sheets import Value
from .status_words import read_status, read_timing

_DATE_SHAPE = re.compile(r"\d\s*[-./年月]\s*\d|\d{8}|\d+\s*[月日号]")
_POINT = re.compile(r"(?<=\d)\s*[，,。]\s*(?=\d)")
_EARLIEST = date(1990, 1, 1)


@lru_cache(maxsize=20_000)
def _cached(text: str, base: date, order: str) -> DateReading:
    return read_date(text, base=base, order=order)


def reading_of(value: Value, base: date, order: str, epoch_1904: bool) -> DateReading:
    """`order` says on which side of `base` a day without a year lies: past or future."""
    if isinstance(value, (int, float)):
        if epoch_1904 and 20_000 < value < 70_000:
            return read_date(value + 1462, base=base, order=order)
        return (
            read_date(value, base=base, order=order) if value > 10_000 else _cached(str(value), base, order)
        )
    if isinstance(value, (date, datetime)):
        return read_date(value, base=base, order=order)
    return _cached(_plain(as_text(value)), base, order)


@lru_cache(maxsize=8192)
def _plain(text: str) -> str:
    return _POINT.sub(".", half_width(text).strip())


def read_day(row: Row, code: str, value: Value, base: date, epoch_1904: bool) -> None:
    """A day in the past: found, done, verified."""
    raw = as_text(value).strip()
    seen = reading_of(value, base, "past", epoch_1904)
    day = seen.start if code == "found_at" else seen.end
    if day is None:
        _no_day(row, code, raw, seen)
        return
    row.values[code] = day.isoformat()
    if seen.guessed:
        row.guess(code, raw, day.isoformat(), seen.guess)
    elif seen.kind in ("range", "month"):
        which = "第一天" if code == "found_at" else "最后一天"
        row.guess(code, raw, day.isoformat(), f"“{raw}”是一段时间，取{which}记作{label_of(code)}")
    if day > base + timedelta(days=1) or day < _EARLIEST:
        row.problem(
            "order",
            code,
            f"{label_of(code)}“{raw}”{'晚于今天' if day > base else '早得不像真的'}",
            "核对这个日期",
        )


def _no_day(row: Row, code: str, raw: str, seen: DateReading) -> None:
    status = read_status(raw)
    if status and not _DATE_SHAPE.search(raw):
        row.values.setdefault("_status_at_" + code, raw)
        row.guess(code, raw, "", f"“{raw}”不是日期，{label_of(code)}没有取")
        return
    if seen.kind in ("immediate", "long_term"):
        row.guess(code, raw, "", f"“{raw}”说的是整改方式，不是哪一天，{label_of(code)}没有取")
        return
    if seen.problem and _DATE_SHAPE.search(half_width(raw)):
        row.problem("bad_date", code, seen.problem, f"改{label_of(code)}", blocking=True, value=raw)
    elif seen.problem:
        row.guess(code, raw, "", f"{label_of(code)}“{raw}”读不出日期，原样保留，没有取")
    if seen.problem:
        row.values[code + "_text"] = raw


def read_due(row: Row, value: Value, base: date, epoch_1904: bool) -> None:
    """A deadline: a day, a span's last day, or what kind of deadline it is (立行立改、长期坚持)."""
    raw = as_text(value).strip()
    found = row.text("found_at")
    start = date.fromisoformat(found) if found else base
    seen = reading_of(value, start, "future", epoch_1904)
    if not found and seen.guessed and seen.end is not None:
        earlier = reading_of(value, base, "past", epoch_1904)
        if earlier.end is not None and abs(earlier.end - base) < abs(seen.end - base):
            seen = earlier
    if seen.end is None and seen.kind == "none":
        _no_due(row, raw, seen)
        return
    if seen.kind in ("immediate", "long_term"):
        row.values["timing"] = seen.kind
        row.values["due_text"] = raw
    if seen.end is None:
        return
    row.values["due"] = seen.end.isoformat()
    if seen.guessed:
        row.guess("due", raw, seen.end.isoformat(), seen.guess)
    elif seen.start != seen.end:
        row.guess("due", raw, seen.end.isoformat(), f"“{raw}”是一段时间，取最后一天作期限")
    if not isinstance(value, (date, datetime, int, float)):
        row.values["due_text"] = raw


def _no_due(row: Row, raw: str, seen: DateReading) -> None:
    timing = read_timing(raw)
    if timing:
        row.values["timing"] = timing
        row.values["due_text"] = raw
    elif read_status(raw):
        row.values.setdefault("_status_at_due", raw)
        row.guess("due", raw, "", f"“{raw}”不是日期，整改期限没有取")
    elif seen.problem and _DATE_SHAPE.search(half_width(raw)):
        row.problem("bad_date", "due", seen.problem, "改整改期限", blocking=True, value=raw)
        row.values["due_text"] = raw
    elif seen.problem:
        row.guess("due", raw, "", f"整改期限“{raw}”读不出日期，原样保留，没有取")
        row.values["due_text"] = raw
