"""Hand a leader's charge to another: one day ends it here and begins it there."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Invalid
from bihuan.org.models import Person, Portfolio

from .end_portfolio import end_portfolio
from .give_portfolio import give_portfolio


@transaction.atomic
def hand_portfolio(
    *, portfolio: Portfolio, to: Person, on: date, by: Actor, at: datetime, document: str = ""
) -> Portfolio:
    """`on` is the first day of `to`. Both rows stay: who was in charge on which day can be asked for ever."""
    if to.pk == portfolio.person_id:
        raise Invalid("本来就由他分管", "换一个人", field="to")
    if on <= portfolio.from_day:
        raise Invalid("接手的日子要在开始分管以后", f"晚于 {portfolio.from_day}", field="on")
    end_portfolio(portfolio=portfolio, last=on - timedelta(days=1), by=by, at=at)
    return give_portfolio(
        person=to, unit=portfolio.unit, line=portfolio.line, from_day=on, document=document, by=by, at=at
    )
