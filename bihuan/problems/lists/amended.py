"""The fields of a correction in words: 期限 2025年3月20日 → 2025年4月1日."""

from __future__ import annotations

import re
from typing import Any

from bihuan.problems import states
from bihuan.problems.models import Problem

_CODES = {
    "grade": dict(states.GRADE),
    "timing": dict(states.TIMING),
    "progress": dict(states.PROGRESS),
    "closure": dict(states.CLOSURE),
}
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_LONG = 60


def amended_label(name: str) -> str:
    """The label of a column, of `measures` or `assisting`, or of a column the ledger has more (extras.备注)."""
    if name.startswith("extras."):
        return name.removeprefix("extras.")
    if name == "measures":
        return "整改措施"
    return str(Problem._meta.get_field(name).verbose_name)


def amended_words(name: str, value: Any) -> str:
    """A value as the page writes it: codes as words, days in full, long texts cut, nothing as （空）."""
    if value in (None, ""):
        return "（空）"
    text = _CODES.get(name, {}).get(value) or str(value)
    if day := _DAY.fullmatch(text):
        return f"{day[1]}年{int(day[2])}月{int(day[3])}日"
    return text if len(text) <= _LONG else f"{text[:_LONG]}…"
