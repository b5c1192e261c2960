"""Open a report: ask the table, write down who read it, then open."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from bihuan.areas.onsite.access import Hat, Standing
from bihuan.areas.outcome.models import Opinion, Report, ReportEdition, ReportFinding
from bihuan.areas.outcome.policies import may_read
from bihuan.areas.outcome.reads.citing import in_order
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Missing
from bihuan.org.policies import insist
from bihuan.record.actions.append import append
from bihuan.record.closed import opened


@dataclass(frozen=True, slots=True)
class Read:
    """A report with its words. Opinions are for the chain; a department gets the text alone."""

    overall: str
    suggestions: str
    findings: list[tuple[ReportFinding, dict[str, Any]]]
    opinions: list[tuple[Opinion, str]] = field(default_factory=list)


@transaction.atomic
def read_report(
    *, report: Report, standing: Standing, by: Actor, at: datetime, departments: Collection[int] = ()
) -> Read:
    """Raises Missing where it does not exist for this person, Refused where its words do not yet."""
    _ask(report, standing, by, at, departments, report.edition)
    words = opened(report)
    opinions = []
    if standing.hats - {Hat.DEPARTMENT}:
        rows = report.opinions.select_related("said_by").order_by("said_at", "pk")
        opinions = [(row, opened(row)["text"]) for row in rows]
    findings = [(row, opened(row)) for row in in_order(report)]
    return Read(words["overall"], words["suggestions"], findings, opinions)


@transaction.atomic
def read_edition(*, edition: ReportEdition, standing: Standing, by: Actor, at: datetime) -> dict[str, Any]:
    """The copy kept when it was handed in; never for a department."""
    _ask(edition.report, standing, by, at, (), edition.number)
    return opened(edition)


def _ask(
    report: Report, standing: Standing, by: Actor, at: datetime, departments: Collection[int], edition: int
) -> None:
    may = may_read(report, standing, departments)
    if not may and may.hidden:
        raise Missing()
    insist(may)
    append(
        stream=report.stream, kind="outcome.read", by=by, at=at, subject=str(report),
        data={"task": report.task_id, "edition": edition, "as": sorted(standing.hats)},
    )  # fmt: skip
