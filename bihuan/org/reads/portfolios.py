"""What a leader has charge of on a day, in the two words a problem knows: units and categories."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bihuan.org.models import Portfolio


@dataclass(frozen=True, slots=True)
class Charge:
    """One unit (with those below it: `path`) or one business line (its `categories`)."""

    label: str
    key: str
    path: str = ""
    categories: tuple[str, ...] = ()


def portfolio_of(person_id: int | None, day: date) -> list[Charge]:
    """In the order they were given; `key` is what the filter 单位 or 业务线 of the ledger takes. One query."""
    rows = Portfolio.objects.of(person_id).in_force(day).select_related("unit", "line").order_by("pk")
    return [
        Charge(row.unit.shown, str(row.unit_id), path=row.unit.path or "#")
        if row.unit
        else Charge(row.line.title, str(row.line_id), categories=tuple(row.line.categories))
        for row in rows
    ]
