"""The only code that changes the state of a joint task. Only actions of this room may import it."""

from __future__ import annotations

from datetime import datetime

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused, Stale
from bihuan.record.actions.append import append
from bihuan.record.models import Event

from . import states
from .models import JointTask
from .policies import step_verdict


def advance(step: str, joint: JointTask, *, by: Actor, at: datetime) -> Event:
    """Take one step. Raises Refused, or Stale when the task has moved on or a body has joined in between."""
    row = states.JOINT[step]
    may = step_verdict(step, joint, by, list(joint.parts.select_related("unit")))
    if not may:
        raise (Stale if joint.state not in row.sources else Refused)(may.reason, may.todo)
    before = joint.state
    standing = JointTask.objects.filter(pk=joint.pk, state__in=row.sources, version=joint.version)
    if not standing.update(state=row.target, version=joint.version + 1):
        raise Stale()
    joint.state, joint.version = row.target or before, joint.version + 1
    return append(
        stream=joint.stream, kind=row.event, by=by, at=at, subject=str(joint),
        data={"from": before, "to": joint.state},
    )  # fmt: skip
