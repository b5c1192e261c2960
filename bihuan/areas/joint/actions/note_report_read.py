"""Somebody opens the report of a body: written down before it is sent."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.joint.models import JointPart
from bihuan.kernel.actor import Actor
from bihuan.record.actions.append import append


@transaction.atomic
def note_report_read(*, part: JointPart, by: Actor, at: datetime) -> None:
    append(
        stream=part.joint.stream, kind="joint.report_read", by=by, at=at, subject=str(part.joint),
        data={"part_unit": part.unit_id},
    )  # fmt: skip
