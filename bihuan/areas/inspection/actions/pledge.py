"""Sign the pledge of confidentiality of a round."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.inspection.models import Member
from bihuan.areas.inspection.policies import may_sign
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Stale
from bihuan.org.policies import insist
from bihuan.record.actions.append import append


@transaction.atomic
def pledge(*, member: Member, by: Actor, at: datetime) -> Member:
    """Everybody for themselves, once a round."""
    insist(may_sign(member, by))
    if not Member.objects.filter(pk=member.pk, pledged_at=None, removed_at=None).update(pledged_at=at):
        raise Stale()
    member.pledged_at = at
    append(
        stream=member.round.stream, kind="inspection.pledged", by=by, at=at, subject=str(member.round),
        data={"round_code": member.round.code, "person": member.person_id},
    )  # fmt: skip
    return member
