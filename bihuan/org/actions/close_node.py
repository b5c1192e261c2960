"""Close a unit or a party organisation. Refused while somebody or something is still there."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.advance import Node, end_spell, kind_of, stream_of
from bihuan.org.models import Grant, PartyLink, Portfolio, PostHolding, Unit
from bihuan.org.policies import insist, may_manage_org
from bihuan.org.reads import hanging_on
from bihuan.record.actions.append import append

from .end_portfolio import end_portfolio


@transaction.atomic
def close_node(*, node: Node, on: date, by: Actor, at: datetime, why: str = "") -> Node:
    """`on` is the first day without it. What merely points at it (posts, links, grants) ends with it."""
    insist(may_manage_org(by, (node.path or "") if isinstance(node, Unit) else ""))
    if node.parent_id is None:
        raise Refused("最上面的一级不能撤销", "")
    if blocking := [h for h in hanging_on(node, day=on, at=at) if not h.ends]:
        what = "、".join(h.words for h in blocking)
        raise Refused(f"“{node.name}”还有{what}，不能撤销", "先移走、交接，或用“并入”整体转走")
    if not type(node).objects.filter(pk=node.pk, closed_on=None).update(closed_on=on):
        raise Stale("已经撤销过了")
    node.closed_on = on
    end_spell(node, on=on)
    _end_what_points(node, on, by, at)
    append(
        stream=stream_of(node),
        kind=kind_of(node, "closed"),
        by=by,
        at=at,
        unit_id=node.pk if isinstance(node, Unit) else None,
        data={"on": on.isoformat(), "why": why},
    )
    return node


def _end_what_points(node: Node, on: date, by: Actor, at: datetime) -> None:
    if isinstance(node, Unit):
        PartyLink.objects.filter(unit=node, to_day=None).update(to_day=on)
        PostHolding.objects.filter(post__unit=node, to_day=None, from_day__lte=on).update(to_day=on)
        pointing = Grant.objects.filter(Q(unit=node) | Q(hat=node), revoked_at=None)
        pointing.update(revoked_at=at, revoked_by_id=by.person_id)
        for portfolio in Portfolio.objects.filter(unit=node, ended_at=None):
            end_portfolio(portfolio=portfolio, last=max(on, portfolio.from_day), by=by, at=at)
    else:
        PartyLink.objects.filter(party_org=node, to_day=None).update(to_day=on)
