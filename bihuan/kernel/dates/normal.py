"""The one spelling all patterns are written for: half-width, simplified, Arabic digits, no clock times."""

from __future__ import annotations

import re
from datetime import date

from bihuan.kernel.dates.numerals import with_arabic_digits
from bihuan.kernel.text import half_width, simplify

# A cell that speaks of a day is short; a whole report pasted into one must not cost seconds.
_LONGEST = 300

_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_DASHES = re.compile("[‐‑‒–—―−─ー-]+")
_WAVES = re.compile("[~〜∼]+")
_DOTS = re.compile(r"(\d{4})\s*[.。·•]+\s*(\d{1,2})\s*[.。·•]+\s*(\d{1,2})")
_CLOCK = re.compile(
    r"T?(?<!\d)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s*(?:Z|[+-]\d{2}:\d{2}(?!\d)|[+-]\d{4}$))?\s*(?:[AP]M)?"
    r"|(?<=\d)\s*T?\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?"
    r"|(?<!\d)\d{1,2}[时点](?!班)(?:\d{1,2}分?|半|整)?(?:\d{1,2}秒)?"
    r"|上午|下午|凌晨|傍晚|晚上|中午",
    re.I,
)
_WEEKDAY_AFTER_DAY = re.compile(
    r"(?<=[\d日号])\s*\(?\s*(?:星期|周|礼拜)[一二三四五六日天](?!至|到|-|~)\s*\)?"
)
_BLANK = re.compile(r"\s+(?=[^\s0-9])|(?<=[^\s0-9])\s+")
_MONTHS_OF_ONE_YEAR = re.compile(r"(?<!\d)(1[0-2]|0?[1-9])(?:月份?)?([-~至到])(\d{1,2})月(?!\d)")

_NAMED_YEARS = {"今年": 0, "本年": 0, "当年": 0, "明年": 1, "来年": 1, "次年": 1, "去年": -1, "上年": -1}
NAMED_YEAR = re.compile("|".join(_NAMED_YEARS))


def clean(text: str, base: date) -> str:
    """The text as the patterns expect it; 今年、明年、去年 are counted from the year of `base`."""
    plain = simplify(half_width(_INVISIBLE.sub("", text[:_LONGEST]))).strip()
    plain = _DOTS.sub(r"\1.\2.\3", _WAVES.sub("~", _DASHES.sub("-", plain)))
    plain = NAMED_YEAR.sub(lambda m: f"{base.year + _NAMED_YEARS[m.group()]:04d}年", plain)
    plain = _WEEKDAY_AFTER_DAY.sub("", with_arabic_digits(_BLANK.sub("", plain)))
    plain = _BLANK.sub("", _CLOCK.sub(" ", plain)).strip()
    return _MONTHS_OF_ONE_YEAR.sub(r"\1月\2\3月", plain)
