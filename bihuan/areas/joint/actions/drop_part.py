"""A body takes no part after all, as long as nothing has begun."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from bihuan.areas.joint import states
from bihuan.areas.joint.models import JointPart, JointTask
from bihuan.areas.joint.policies import may_drop_part
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Stale
from bihuan.org.policies import insist
from bihuan.record.actions.append import append


@transaction.atomic
def drop_part(*, part: JointPart, by: Actor, at: datetime) -> None:
    insist(may_drop_part(part, by))
    planned = JointTask.objects.filter(pk=part.joint_id, state=states.PLANNED)
    if not planned.update(version=F("version") + 1) or not JointPart.objects.filter(pk=part.pk).delete()[0]:
        raise Stale()
    append(
        stream=part.joint.stream, kind="joint.part_dropped", by=by, at=at, subject=str(part.joint),
        data={"part_unit": part.unit_id},
    )  # fmt: skip
