"""Figures of publication: what was made public on time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from bihuan.kernel.moment import local_day
from bihuan.org.models import Unit
from bihuan.registry.contract import Fact, FactRow, Period, Scope

from .reads import duties, units_of_part


def on_time(scope: Scope, period: Period, at: datetime) -> Iterable[FactRow]:
    """Made public by the day it was due ÷ due within the period, per unit. Days not over yet do not count."""
    if period.within:
        return []
    today = local_day(at)
    units = units_of_part(scope.actor)
    if scope.unit_id is not None:
        below = Unit.objects.under(Unit.objects.get(pk=scope.unit_id).path or "")
        inside = set(below.values_list("pk", flat=True))
        units = inside if units is None else units & inside
    kept: dict[Unit, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for duty in duties(units):
        for after, by in duty.grid(today):
            if by == today or (period.start and by < period.start) or (period.end and by > period.end):
                continue
            key = f"{duty.entry.code}:{duty.unit.code}:{by}"
            done, due = kept[duty.unit]
            due.append(key)
            if duty.done_within(after, by):
                done.append(key)
    return [
        FactRow(f"unit:{unit.pk}", unit.shown, len(done), len(due), tuple(done), tuple(due))
        for unit, (done, due) in kept.items()
    ]


FACTS = (
    Fact(
        "publication.on_time",
        "按时公开率",
        on_time,
        note="到期前公开的 ÷ 到了期限的（公开目录里定期公开的事项，每个单位、每期各算一次）",
    ),
)
