"""Take back what was told of a relative: they work there no longer, or it was a mistake."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.inspection.models import Member, Relative
from bihuan.areas.inspection.policies import may_declare
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Missing, Stale
from bihuan.org.policies import insist
from bihuan.record.actions.append import append

from .check_recusal import check_recusal


@transaction.atomic
def withdraw_relative(*, member: Member, relative: Relative, by: Actor, at: datetime) -> Relative:
    """Only by the person themselves; the row and the event stay."""
    insist(may_declare(member, by))
    if relative.person_id != member.person_id:
        raise Missing()
    if not Relative.objects.filter(pk=relative.pk, ended_at=None).update(ended_at=at):
        raise Stale()
    relative.ended_at = at
    append(
        stream=member.round.stream, kind="inspection.relative_withdrawn", by=by, at=at,
        subject=str(member.round), data={"round_code": member.round.code, "person": member.person_id},
    )  # fmt: skip
    check_recusal(round=member.round, at=at)
    return relative
