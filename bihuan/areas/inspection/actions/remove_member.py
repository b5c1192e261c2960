"""Take a person out of a team."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.inspection.models import Member
from bihuan.areas.inspection.policies import may_compose
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.policies import insist
from bihuan.record.actions.append import append


@transaction.atomic
def remove_member(*, member: Member, why: str, by: Actor, at: datetime) -> Member:
    """The row stays: who was in a team, and why no longer, is part of its file."""
    insist(may_compose(member.round, by))
    if not why.strip():
        raise Refused("换下要写原因", "如：回避、工作调动、身体原因", field="why")
    values = {"removed_at": at, "removed_by_id": by.person_id, "why_removed": why.strip()}
    if not Member.objects.filter(pk=member.pk, removed_at=None).update(**values):
        raise Stale()
    for name, value in values.items():
        setattr(member, name, value)
    append(
        stream=member.round.stream, kind="inspection.member_removed", by=by, at=at, subject=str(member.round),
        data={"round_code": member.round.code, "person": member.person_id, "why": why.strip()},
    )  # fmt: skip
    return member
