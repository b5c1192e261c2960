"""Decide that a member need not stay away."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.inspection.models import RecusalCase
from bihuan.areas.inspection.policies import may_lift
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.policies import insist
from bihuan.record.actions.append import append


@transaction.atomic
def lift_recusal(*, case: RecusalCase, why: str, by: Actor, at: datetime) -> RecusalCase:
    """By a member of the leading group, never by the person or by whoever listed them; the reason is kept.
    What is lifted is what was read: a tie that has changed meanwhile is Stale."""
    insist(may_lift(case, by))
    if not why.strip():
        raise Refused("认定要写理由", "写明核对了什么、为什么不影响公正", field="why")
    values = {"lifted_at": at, "lifted_by_id": by.person_id, "why_lifted": why.strip()}
    standing = RecusalCase.objects.filter(pk=case.pk, lifted_at=None, ended_at=None, reason=case.reason)
    if not standing.update(**values):
        raise Stale()
    for name, value in values.items():
        setattr(case, name, value)
    round = case.member.round
    append(
        stream=round.stream, kind="inspection.recusal_lifted", by=by, at=at, subject=str(round),
        data={"round_code": round.code, "person": case.person_id, "org": case.org_id, "tie": case.kind},
    )  # fmt: skip
    return case
