"""The joint task will not take place."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.joint.advance import advance
from bihuan.areas.joint.models import JointTask
from bihuan.kernel.actor import Actor


@transaction.atomic
def drop_joint(*, joint: JointTask, by: Actor, at: datetime) -> JointTask:
    advance("drop", joint, by=by, at=at)
    return joint
