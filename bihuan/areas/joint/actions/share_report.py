"""A body lets the others of the visit read its report."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.joint.models import JointPart
from bihuan.areas.joint.policies import may_share
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Stale
from bihuan.org.policies import insist
from bihuan.record.actions.append import append


@transaction.atomic
def share_report(*, part: JointPart, by: Actor, at: datetime) -> JointPart:
    """For good: what somebody has read cannot be taken back."""
    insist(may_share(part, by))
    unshared = JointPart.objects.filter(pk=part.pk, shared_at=None, reported_at__isnull=False)
    if not unshared.update(shared_at=at, shared_by_id=by.person_id):
        raise Stale("已经共享")
    part.shared_at, part.shared_by_id = at, by.person_id
    append(
        stream=part.joint.stream, kind="joint.shared", by=by, at=at, subject=str(part.joint), unit_id=part.unit_id,
        data={"part_unit": part.unit_id},
    )  # fmt: skip
    return part
