"""Write the overall judgement and the suggestions of a report."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.onsite.access import Standing
from bihuan.areas.outcome.advance import touch
from bihuan.areas.outcome.models import Report
from bihuan.areas.outcome.policies import may_write
from bihuan.kernel.actor import Actor
from bihuan.org.policies import insist
from bihuan.record.actions.append import append
from bihuan.record.closed import shut


@transaction.atomic
def amend_report(
    *, report: Report, overall: str, suggestions: str, standing: Standing, by: Actor, at: datetime
) -> Report:
    """总体评价 and 意见建议; the problems between them are findings."""
    insist(may_write(report, standing))
    touch(report)
    shut(report, {"overall": overall.strip(), "suggestions": suggestions.strip()})
    Report.objects.filter(pk=report.pk).update(sealed=report.sealed)
    append(
        stream=report.stream, kind="outcome.report_amended", by=by, at=at, subject=str(report),
        data={"task": report.task_id},
    )  # fmt: skip
    return report
