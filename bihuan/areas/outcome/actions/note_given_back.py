"""清退: the office has seen that a member gave everything back."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from bihuan.areas.inspection.models import Member
from bihuan.areas.outcome.models import GivenBack
from bihuan.areas.outcome.policies.archiving import may_hand_over
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.policies import insist
from bihuan.record.actions.append import append


@transaction.atomic
def note_given_back(*, member: Member, by: Actor, at: datetime) -> GivenBack:
    """Not by the member themselves."""
    insist(may_hand_over(member.round, by))
    if by.person_id == member.person_id:
        raise Refused("自己的清退由别人核对", "请巡察办的其他人办理")
    try:
        with transaction.atomic():
            made = GivenBack.objects.create(member=member, noted_at=at, noted_by_id=by.person_id)
    except IntegrityError:
        raise Stale("已经记过清退", "刷新页面看最新情况") from None
    append(
        stream=member.round.stream, kind="outcome.given_back", by=by, at=at, subject=str(member.round),
        data={"person": member.person_id},
    )  # fmt: skip
    return made
