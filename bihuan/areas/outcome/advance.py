"""The only code that changes the state of a report. Only actions of this room may import it.

In one transaction: the drafts it cites are held and looked at, the verdict, a conditional update, the event. Whoever
replaces a draft at the same moment waits, or was there before and shuts the way.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bihuan.areas.onsite.access import Standing
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused, Stale
from bihuan.record.actions.append import append
from bihuan.record.models import Event

from . import states
from .models import Report
from .policies import report_verdict
from .reads import faults_of


def touch(report: Report) -> None:
    """Writing in a report that is being drafted: of two hands at once the second must look again. Raises Stale."""
    here = Report.objects.filter(pk=report.pk, state=states.DRAFTING, version=report.version)
    if not here.update(version=report.version + 1):
        raise Stale()
    report.version += 1


def advance(
    step: str,
    report: Report,
    *,
    standing: Standing,
    by: Actor,
    at: datetime,
    changes: dict[str, Any] | None = None,
    data: dict[str, Any] | None = None,
) -> Event:
    """Take one step. Raises Refused, or Stale when the report has moved on."""
    row = states.REPORT[step]
    faults = [] if step == "return" else faults_of(report, lock=True)
    may = report_verdict(step, report, standing, faults)
    if not may:
        raise (Stale if report.state not in row.sources else Refused)(may.reason, may.todo)
    before = report.state
    values = {**(changes or {}), "state": row.target, "version": report.version + 1}
    here = Report.objects.filter(pk=report.pk, state__in=row.sources, version=report.version)
    if not here.update(**values):
        raise Stale()
    for name, value in values.items():
        setattr(report, name, value)
    return append(
        stream=report.stream,
        kind=row.event,
        by=by,
        at=at,
        subject=str(report),
        data={"task": report.task_id, "from": before, "to": row.target, **(data or {})},
    )
