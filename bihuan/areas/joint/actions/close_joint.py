"""Every body has reported: the joint task is done."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.joint.advance import advance
from bihuan.areas.joint.models import JointTask
from bihuan.kernel.actor import Actor


@transaction.atomic
def close_joint(*, joint: JointTask, by: Actor, at: datetime) -> JointTask:
    advance("close", joint, by=by, at=at)
    return joint
