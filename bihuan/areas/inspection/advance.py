"""The only code that changes the state of a year plan, a round or a briefing. Only `inspection.actions` may import it.

In one transaction: ask the verdict, update conditionally, append the event. If the update finds no row, somebody else
was faster and nothing was written.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused, Stale
from bihuan.kernel.steps import Step
from bihuan.kernel.verdict import Verdict
from bihuan.record.actions.append import append
from bihuan.record.models import Event

from . import states
from .models import Briefing, Round, YearPlan
from .policies import briefing_verdict, round_verdict, year_verdict


def advance_year(step: str, plan: YearPlan, *, by: Actor, at: datetime, **more: Any) -> Event:
    """Take one step with a year plan. Raises Refused, or Stale when it has moved on."""
    row = states.YEAR[step]
    return _move(plan, row, year_verdict(step, plan, by), by, at, **more)


def advance_round(step: str, round: Round, *, by: Actor, at: datetime, **more: Any) -> Event:
    """Take one step with a round. Raises Refused, or Stale when it has moved on."""
    row = states.ROUND[step]
    return _move(round, row, round_verdict(step, round, by), by, at, **more)


def advance_briefing(step: str, briefing: Briefing, *, by: Actor, at: datetime, **more: Any) -> Event:
    """Take one step with what a department is asked. Raises Refused, or Stale when it has moved on."""
    row = states.BRIEFING[step]
    return _move(briefing, row, briefing_verdict(step, briefing, by), by, at, **more)


def _move(
    thing: YearPlan | Round | Briefing,
    row: Step,
    may: Verdict,
    by: Actor,
    at: datetime,
    *,
    target: str | None = None,
    changes: dict[str, Any] | None = None,
    data: dict[str, Any] | None = None,
) -> Event:
    if not may:
        raise (Stale if thing.state not in row.sources else Refused)(may.reason, may.todo)
    state = target or row.target
    if state not in row.targets:
        raise ValueError(f"{row.name} does not lead to {state}")
    values = {**(changes or {}), "state": state, "version": thing.version + 1}
    standing = type(thing).objects.filter(pk=thing.pk, state__in=row.sources, version=thing.version)
    if not standing.update(**values):
        raise Stale()
    before = thing.state
    for name, value in values.items():
        setattr(thing, name, value)
    return append(
        stream=thing.stream,
        kind=row.event,
        by=by,
        at=at,
        # what is asked of a department names an organisation: the round says enough in the trail
        subject=str(thing.task.round if isinstance(thing, Briefing) else thing),
        data={"from": before, "to": state, **(data or {})},
    )
