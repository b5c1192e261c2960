"""The only code that changes the state of a problem. Only `problems.actions` may import it.

In one transaction: ask the verdict, update conditionally, append the event. If the update finds no row,
somebody else was faster and the caller reads 已被他人处理; nothing was written.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused, Stale
from bihuan.kernel.verdict import Verdict
from bihuan.record.actions.append import append
from bihuan.record.models import Event

from . import states
from .models import Problem
from .policies import is_late_entry, verdict


def advance(
    step: str,
    problem: Problem,
    *,
    by: Actor,
    at: datetime,
    target: str | None = None,
    changes: dict[str, Any] | None = None,
    data: dict[str, Any] | None = None,
    occurred_at: datetime | None = None,
) -> Event:
    """Take one step. Raises Refused with the verdict's reason, or Stale when the row has moved on.

    `target` picks among the step's targets where there are several; `changes` are further columns to set
    in the same update; `data` is what the event keeps (values and ids only, no names of people).
    """
    row = states.STEPS[step]
    may = verdict(step, problem, by=by, at=at)
    if not may:
        raise _refusal(problem, may, row.sources)
    state = target or row.target or problem.closure
    if state != problem.closure and state not in row.targets:
        raise ValueError(f"{step} does not lead to {state}")
    values = {
        **(changes or {}),
        "closure": state,
        "is_open": state in states.OPEN,
        "changed_at": at,
        "version": problem.version + 1,
    }
    moved = Problem.objects.filter(pk=problem.pk, closure__in=row.sources, version=problem.version).update(
        **values
    )
    if not moved:
        raise Stale()
    before = problem.closure
    for name, value in values.items():
        setattr(problem, name, value)
    return append(
        stream=problem.stream,
        seq=problem.version,
        kind=row.event,
        by=by,
        at=at,
        occurred_at=occurred_at,
        unit_id=problem.unit_id,
        subject=problem.number,
        late=occurred_at is not None and is_late_entry(problem.rule_pack, occurred_at, at),
        data={"from": before, "to": state, "round": problem.round, **(data or {})},
    )


def _refusal(problem: Problem, may: Verdict, sources: tuple[str, ...]) -> Refused:
    """A no may only mean that somebody was faster: then say that, not what the late reader would see."""
    if problem.closure not in sources:
        return Stale(may.reason, may.todo)
    if not Problem.objects.filter(pk=problem.pk, version=problem.version).exists():
        return Stale()
    return Refused(may.reason, may.todo)
