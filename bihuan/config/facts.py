"""`bihuan facts`: the registered figures from the command line, as whoever runs the installation sees them."""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime

from bihuan.kernel.actor import SYSTEM
from bihuan.kernel.refused import Refused
from bihuan.org.models import Unit
from bihuan.record.replica import from_replica
from bihuan.registry import shelf
from bihuan.registry.contract import Period, Scope

DAY = r"(\d{4})-(\d{1,2})-(\d{1,2})"
SPAN = re.compile(rf"{DAY}(?:\.\.|~|至|/){DAY}")


def period_of(words: str) -> Period:
    """Read `2026`, `2026-09`, `2026-09-01`, `2026-01-01..2026-03-31`, or a code a room knows (a round, `R1`). Raises
    Refused for anything else."""
    text = words.strip()
    try:
        if not text:
            return Period(None, None, "")
        if found := SPAN.fullmatch(text):
            numbers = [int(n) for n in found.groups()]
            start, end = date(*numbers[:3]), date(*numbers[3:])
            if start > end:
                raise Refused(f"期间“{words}”的开始晚于结束", "把两个日期对调")
            return Period(start, end, text)
        if found := re.fullmatch(DAY, text):
            day = date(*(int(n) for n in found.groups()))
            return Period(day, day, text)
        if found := re.fullmatch(r"(\d{4})-(\d{1,2})", text):
            year, month = int(found[1]), int(found[2])
            return Period(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), text)
        if re.fullmatch(r"\d{4}", text):
            return Period(date(int(text), 1, 1), date(int(text), 12, 31), text)
    except ValueError:
        raise Refused(
            f"期间“{words}”里有不存在的日期", "写成 2026、2026-09 或 2026-01-01..2026-03-31"
        ) from None
    for offer in shelf.offers():
        if offer.period and (own := offer.period(text)) is not None:
            return own
    raise Refused(f"看不懂期间“{words}”", "写成 2026、2026-09、2026-01-01..2026-03-31，或轮次代号如 R1")


def unit_called(words: str) -> Unit:
    """The unit with this code, name or short name, or the group itself. Raises Refused when there is none or several."""
    asked = (
        [{field: words.strip()} for field in ("code", "name", "short_name")]
        if words.strip()
        else [{"parent": None}]
    )
    for condition in asked:
        found = list(Unit.objects.filter(**condition).order_by("id")[:2])
        if len(found) == 1:
            return found[0]
        if found:
            raise Refused(f"有几个单位都叫“{words}”", "改用单位编码")
    if not words.strip():
        raise Refused("这里还没有集团", "先用 bihuan createadmin 建立")
    raise Refused(f"没有单位“{words}”", "用单位编码或全称，可在组织页面查到")


def scope_of(words: str) -> Scope:
    """The whole group, or one unit with everything below it."""
    return Scope(SYSTEM, unit_called(words).pk) if words.strip() else Scope(SYSTEM)


def listed() -> list[dict[str, str]]:
    return [{"code": code, "label": fact.label} for code, fact in sorted(shelf.facts().items())]


@from_replica
def computed(code: str, *, period: str, unit: str, at: datetime) -> dict[str, object]:
    """{code, period, numerator, denominator, value, rows}; `value` is the rate, the count, or None without a base."""
    fact = shelf.facts().get(code)
    if fact is None:
        raise Refused(f"没有指标“{code}”", "bihuan facts --list 列出全部指标")
    asked = period_of(period)
    rows = list(fact.compute(scope_of(unit), asked, at))
    numerator, denominator = sum(r.numerator for r in rows), sum(r.denominator for r in rows)
    rate = round(numerator / denominator, 6) if denominator else None
    return {
        "code": code,
        "label": fact.label,
        "period": {"words": asked.words, "start": _iso(asked.start), "end": _iso(asked.end)},
        "numerator": numerator,
        "denominator": denominator,
        "value": numerator if fact.kind == "count" else rate,
        "rows": [
            {
                "subject": row.subject,
                "label": row.label,
                "numerator": row.numerator,
                "denominator": row.denominator,
                "keys": list(row.keys),
            }
            for row in rows
        ],
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
