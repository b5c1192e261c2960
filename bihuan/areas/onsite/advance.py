"""The only code that changes the state of a draft, a complaint or a clue. Only actions of this room may import it.

In one transaction: the verdict (given), a conditional update, the event. If the update finds no row, somebody else was
faster and nothing was written.
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

from .models import Ask, Clue, Complaint, Draft, ImmediateNotice, Loan, Midterm


def advance(
    row: Step,
    thing: Draft | Complaint | Clue | Ask | Loan | ImmediateNotice | Midterm,
    may: Verdict,
    *,
    by: Actor,
    at: datetime,
    changes: dict[str, Any] | None = None,
    data: dict[str, Any] | None = None,
) -> Event:
    """Take one step. Raises Refused, or Stale when the thing has moved on."""
    if not may:
        raise (Stale if thing.state not in row.sources else Refused)(may.reason, may.todo)
    before = thing.state
    values = {**(changes or {}), "state": row.target, "version": thing.version + 1}
    standing = type(thing).objects.filter(pk=thing.pk, state__in=row.sources, version=thing.version)
    if not standing.update(**values):
        raise Stale()
    for name, value in values.items():
        setattr(thing, name, value)
    return append(
        stream=thing.stream,
        kind=row.event,
        by=by,
        at=at,
        subject=str(thing),
        data={"task": thing.task_id, "from": before, "to": row.target, **(data or {})},
    )
