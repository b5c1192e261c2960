"""Numbers that Excel shows as dates, and numbers that Excel made of what somebody typed."""

from __future__ import annotations

import math
import re
from datetime import date, timedelta

# Day 0 of the 1900 system, shifted by the day 1900-02-29 that Excel counts and that never was.
_DAY_ZERO = date(1899, 12, 30)
_FIRST, _LAST = (date(1990, 1, 1) - _DAY_ZERO).days, (date(2099, 12, 31) - _DAY_ZERO).days
_SERIAL_TEXT = re.compile(r"[0-9]{5}(?:\.[0-9]+)?")


def serial_day(value: float) -> date | None:
    """The day of a serial number of the 1900 system between 1990 and 2099, else None: it is another number."""
    return _DAY_ZERO + timedelta(days=int(value)) if _FIRST <= value < _LAST + 1 else None


def serial_text_day(text: str) -> date | None:
    """The same for a serial that a CSV export left as text."""
    return serial_day(float(text)) if _SERIAL_TEXT.fullmatch(text) else None


def number_as_text(value: float) -> str:
    """The number as it was most likely typed: 20241028, 10.28; not-a-number is an empty cell."""
    if math.isnan(value):
        return ""
    return str(int(value)) if math.isfinite(value) and value == int(value) else repr(value)


def two_readings(value: float) -> tuple[str, str] | None:
    """What a number that lost its last zero may have been: 9.3 is 9月3日 or 9月30日, 2024.1 is 1月 or 10月.

    None where only one reading is possible.
    """
    whole, _, tail = repr(value).partition(".")
    if len(tail) != 1 or not whole.isdigit() or tail == "0":
        return None
    if len(whole) == 4 and whole[:2] in ("19", "20") and tail == "1":
        return f"{whole}年1月", f"{whole}年10月"
    longest = 30 if whole != "2" else 29
    if 1 <= int(whole) <= 12 and int(tail) * 10 <= longest:
        return f"{int(whole)}月{tail}日", f"{int(whole)}月{tail}0日"
    return None
