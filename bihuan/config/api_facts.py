"""Figures for programs: every registered fact of every room, with the rows behind it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Path, Query, Schema
from pydantic import Field

from bihuan.kernel.refused import Invalid, Refused
from bihuan.org.models import Unit
from bihuan.record.replica import from_replica
from bihuan.registry import shelf
from bihuan.registry.contract import Fact, FactRow, Period, Scope
from bihuan.ui.api import MOST_ID, answers, router

from .facts import period_of

ROUTER = router("指标")


class FactOut(Schema):
    code: str
    label: str
    per: str = Field(description="按什么分行")
    kind: str = Field(description="rate 比率，count 件数")
    note: str = Field(description="口径")


class PeriodOut(Schema):
    words: str
    start: date | None
    end: date | None


class FactRowOut(Schema):
    subject: str
    label: str
    numerator: int
    denominator: int
    keys: list[str] = Field(description="分子是哪些件")
    all_keys: list[str] = Field(description="分母是哪些件")


class Computed(FactOut):
    period: PeriodOut
    numerator: int
    denominator: int
    value: float | None = Field(description="比率或件数；没有分母时为空")
    rows: list[FactRowOut]


def _told(code: str) -> dict[str, Any]:
    fact = shelf.facts()[code]
    return {"code": code, "label": fact.label, "per": fact.per, "kind": fact.kind, "note": fact.note}


@from_replica
def _rows(fact: Fact, scope: Scope, period: Period, at: datetime) -> list[FactRow]:
    return list(fact.compute(scope, period, at))


@ROUTER.get(
    "/facts",
    response=answers(list[FactOut]),
    url_name="facts",
    operation_id="facts_get",
    summary="有哪些指标",
)
def facts(request: HttpRequest) -> list[dict[str, Any]]:
    """全部指标和口径。"""
    return [_told(code) for code in sorted(shelf.facts())]


@ROUTER.get(
    "/facts/{code}",
    response=answers(Computed),
    url_name="fact",
    operation_id="fact_get",
    summary="算一个指标",
)
def fact(
    request: HttpRequest,
    code: str = Path(..., max_length=60, description="指标代码"),
    period: str = Query(
        "",
        max_length=40,
        pattern=r"^$|^\d{4}(-\d{1,2}(-\d{1,2}(\.\.\d{4}-\d{1,2}-\d{1,2})?)?)?$",
        description="2026、2026-09、2026-01-01..2026-03-31；不填为全部",
    ),
    unit: int | None = Query(None, ge=1, le=MOST_ID, description="这个单位和它下面的"),
    behind: bool = Query(True, description="要不要列出背后是哪些件"),
) -> dict[str, Any]:
    """按能看到的问题计算，写明分子分母，列出背后是哪些件。"""
    known = shelf.facts().get(code)
    if known is None or (unit is not None and not Unit.objects.filter(pk=unit).exists()):
        raise Http404
    try:
        asked = period_of(period)
    except Refused as refused:
        raise Invalid(refused.reason, refused.todo, field="period") from None
    rows = _rows(known, Scope(request.actor, unit), asked, request.at)
    over, under = sum(r.numerator for r in rows), sum(r.denominator for r in rows)
    rate = round(over / under, 6) if under else None
    return {
        **_told(code),
        "period": {"words": asked.words, "start": asked.start, "end": asked.end},
        "numerator": over,
        "denominator": under,
        "value": over if known.kind == "count" else rate,
        "rows": [
            {
                "subject": r.subject,
                "label": r.label,
                "numerator": r.numerator,
                "denominator": r.denominator,
                "keys": list(r.keys) if behind else [],
                "all_keys": list(r.all_keys) if behind else [],
            }
            for r in rows
        ],
    }
