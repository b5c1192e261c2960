"""Declare that everything that might keep one away has been told."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.inspection.models import Member
from bihuan.areas.inspection.policies import may_declare
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Stale
from bihuan.org.policies import insist
from bihuan.record.actions.append import append

from .check_recusal import check_recusal


@transaction.atomic
def declare(*, member: Member, by: Actor, at: datetime, other_ties: str = "") -> Member:
    """Anew for each round; may be said again when something changes. Words about other ties are for the office and the
    leading group, and stand in no event."""
    insist(may_declare(member, by))
    values = {"declared_at": at, "other_ties": other_ties.strip()}
    if not Member.objects.filter(pk=member.pk, removed_at=None).update(**values):
        raise Stale()  # replaced a moment before
    for name, value in values.items():
        setattr(member, name, value)
    check_recusal(round=member.round, at=at)
    append(
        stream=member.round.stream, kind="inspection.declared", by=by, at=at, subject=str(member.round),
        data={
            "round_code": member.round.code, "person": member.person_id,
            "ties": member.cases.standing().count(),
        },
    )  # fmt: skip
    return member
