"""Take a finding out of a report that is being drafted."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.onsite.access import Standing
from bihuan.areas.outcome.advance import touch
from bihuan.areas.outcome.models import Report, ReportFinding
from bihuan.areas.outcome.policies import may_write
from bihuan.kernel.actor import Actor
from bihuan.org.policies import insist
from bihuan.record.actions.append import append


@transaction.atomic
def drop_finding(
    *, report: Report, finding: ReportFinding, standing: Standing, by: Actor, at: datetime
) -> None:
    """Its drafts become free for another one. What was handed in before keeps it."""
    insist(may_write(report, standing))
    touch(report)
    order = finding.order
    finding.delete()
    append(
        stream=report.stream, kind="outcome.finding_dropped", by=by, at=at, subject=str(report),
        data={"task": report.task_id, "finding": order},
    )  # fmt: skip
