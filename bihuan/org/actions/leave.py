"""A person leaves. Their account closes, their grants end, their open work gets an answer line by line."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.models import Account, Employment, Grant, Person, Portfolio, PostHolding
from bihuan.org.policies import insist, may_do_without, may_manage_org
from bihuan.record.actions.append import append

from .end_portfolio import end_portfolio
from .hand_over import Choices, hand_over
from .revoke_token import revoke_tokens


@transaction.atomic
def leave(*, person: Person, on: date, choices: Choices, by: Actor, at: datetime, why: str = "") -> Person:
    """`on` is the first day without them. Party membership stays where it is: it moves by its own rules."""
    unit = person.unit
    insist(may_manage_org(by, (unit.path or "") if unit else ""))
    if by.person_id == person.pk:
        raise Refused("不能给自己办离开", "请另一名系统管理员办")
    insist(may_do_without(person, local_day(at)))
    if unit is None:
        raise Stale("已经离开了")
    hand_over(person=person, unit=unit, why="left", choices=choices, keep_allowed=False, by=by, at=at)
    if not Person.objects.filter(pk=person.pk, left_on=None).update(left_on=on):
        raise Stale("已经离开了")
    person.left_on = on
    _end_everything(person, on, by, at)
    append(
        stream=f"person:{person.pk}",
        kind="person.left",
        by=by,
        at=at,
        unit_id=unit.pk,
        data={"on": on.isoformat(), "why": why},
    )
    return person


def _end_everything(person: Person, on: date, by: Actor, at: datetime) -> None:
    last = on - timedelta(days=1)
    Employment.objects.filter(person=person, to_day=None, from_day__lte=last).update(to_day=last)
    Employment.objects.filter(person=person, to_day=None).update(to_day=on)
    PostHolding.objects.filter(person=person, to_day=None, from_day__lte=on).update(to_day=on)
    for grant in Grant.objects.filter(person=person, revoked_at=None):
        if Grant.objects.filter(pk=grant.pk, revoked_at=None).update(
            revoked_at=at, revoked_by_id=by.person_id
        ):
            append(
                stream=f"grant:{grant.pk}",
                kind="grant.ended",
                by=by,
                at=at,
                unit_id=grant.unit_id,
                data={"why": "left"},
            )
    for portfolio in Portfolio.objects.filter(person=person, ended_at=None):
        end_portfolio(portfolio=portfolio, last=max(last, portfolio.from_day), by=by, at=at)
    revoke_tokens(person_id=person.pk, by=by, at=at, why="left")
    account = Account.objects.filter(person=person, is_active=True).first()
    if account and Account.objects.filter(pk=account.pk, is_active=True).update(is_active=False):
        append(stream=f"account:{account.pk}", kind="account.closed", by=by, at=at, data={"why": "left"})
