"""Take a plan of rectification one step further: the only code of this room that changes its state."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bihuan.areas.outcome import states
from bihuan.areas.outcome.models import RectificationPlan
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused, Stale
from bihuan.kernel.verdict import Verdict
from bihuan.record.actions.append import append
from bihuan.record.models import Event


def move_plan(
    *,
    step: str,
    plan: RectificationPlan,
    may: Verdict,
    by: Actor,
    at: datetime,
    changes: dict[str, Any],
    data: dict[str, Any],
) -> Event:
    """Verdict, conditional update, event; within the caller's transaction. Raises Refused, or Stale when it moved on."""
    row = states.RECT_PLAN[step]
    if not may:
        raise (Stale if plan.state not in row.sources else Refused)(may.reason, may.todo)
    before = plan.state
    values = {**changes, "state": row.target, "version": plan.version + 1}
    here = RectificationPlan.objects.filter(pk=plan.pk, state__in=row.sources, version=plan.version)
    if not here.update(**values):
        raise Stale()
    for name, value in values.items():
        setattr(plan, name, value)
    return append(
        stream=plan.stream, kind=row.event, by=by, at=at, subject=str(plan),
        data={"task": plan.feedback.task_id, "from": before, "to": row.target, **data},
    )  # fmt: skip
