"""The only code that changes the state of a publication. Only `publication.actions` may import it.

In one transaction: ask the verdict, update conditionally, append the event. If the update finds no row, somebody else
was faster and nothing was written.
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
from .models import Publication


def advance(
    step: str,
    publication: Publication,
    may: Verdict,
    *,
    by: Actor,
    at: datetime,
    target: str | None = None,
    changes: dict[str, Any] | None = None,
    data: dict[str, Any] | None = None,
) -> Event:
    """Take one step; `may` is its verdict. Raises Refused, or Stale when it has moved on."""
    row = states.PUBLICATION[step]
    if not may:
        raise (Stale if publication.state not in row.sources else Refused)(may.reason, may.todo)
    state = target or row.target
    if state not in row.targets:
        raise ValueError(f"{row.name} does not lead to {state}")
    values = {**(changes or {}), "state": state, "version": publication.version + 1}
    standing = Publication.objects.filter(
        pk=publication.pk, state__in=row.sources, version=publication.version
    )
    if not standing.update(**values):
        raise Stale()
    before = publication.state
    for name, value in values.items():
        setattr(publication, name, value)
    return append(
        stream=publication.stream,
        kind=row.event,
        by=by,
        at=at,
        unit_id=publication.unit_id,
        subject=publication.number,
        data={"from": before, "to": state, **(data or {})},
    )
