"""The visit begins: each body knows what it has to look at, and by when its report is due."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from bihuan.areas.joint import words
from bihuan.areas.joint.advance import advance
from bihuan.areas.joint.models import JointTask
from bihuan.kernel.actor import Actor
from bihuan.notify.actions.tell_all import tell_all
from bihuan.notify.models import Notice


@transaction.atomic
def start_joint(*, joint: JointTask, by: Actor, at: datetime) -> JointTask:
    """Tells whoever leads a part."""
    advance("start", joint, by=by, at=at)
    url = reverse("joint:task", args=[joint.pk])
    notices = [
        Notice(
            part.leader_id, f"joint:{joint.pk}:{part.pk}", words.started(joint.title, part.unit.shown), url, "soon"
        )
        for part in joint.parts.select_related("unit").order_by("pk")
    ]  # fmt: skip
    tell_all(notices=notices, at=at, by=by)
    return joint
