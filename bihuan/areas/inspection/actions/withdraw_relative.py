"""Take back what was told of a relative: they work there no longer, or it was a mistake."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.inspection.models import Member, Relative
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Missing, Stale
from bihuan.record.actions.append import append

from .check_recusal import check_recusal


@transaction.atomic
def withdraw_relative(*, relative: Relative, by: Actor, at: datetime) -> Relative:
    """Only by the person themselves, in a team or no longer; the row and the event stay."""
    if not by.is_person or relative.person_id != by.person_id:
        raise Missing()
    if not Relative.objects.filter(pk=relative.pk, ended_at=None).update(ended_at=at):
        raise Stale()
    relative.ended_at = at
    append(
        stream=f"inspection-person:{relative.person_id}", kind="inspection.relative_withdrawn", by=by, at=at,
        data={"person": relative.person_id},
    )  # fmt: skip
    for member in (
        Member.objects.standing().filter(person=relative.person_id).select_related("round__rule_pack")
    ):
        check_recusal(round=member.round, at=at)
    return relative
