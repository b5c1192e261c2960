"""A leader no longer has charge of a unit or a line."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Invalid, Stale
from bihuan.org.models import Portfolio
from bihuan.org.policies import insist, may_manage_org
from bihuan.record.actions.append import append


@transaction.atomic
def end_portfolio(*, portfolio: Portfolio, last: date, by: Actor, at: datetime) -> Portfolio:
    """`last` is the last day in charge. Once: a row that was ended stays as it is."""
    unit = portfolio.unit
    insist(may_manage_org(by, (unit.path or "") if unit else ""))
    if last < portfolio.from_day:
        raise Invalid("最后一天早于开始分管的日子", f"从 {portfolio.from_day} 起分管，改日期", field="last")
    standing = Portfolio.objects.filter(pk=portfolio.pk, ended_at=None)
    if not standing.update(to_day=last, ended_at=at, ended_by_id=by.person_id):
        raise Stale("已经交出了")
    portfolio.to_day, portfolio.ended_at, portfolio.ended_by_id = last, at, by.person_id
    append(
        stream=portfolio.stream, kind="portfolio.ended", by=by, at=at, unit_id=portfolio.unit_id,
        data={"person": portfolio.person_id, "to": last.isoformat()},
    )  # fmt: skip
    return portfolio
