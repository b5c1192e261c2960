"""The office has a report on the rectification."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from bihuan.areas.onsite.access import Standing
from bihuan.areas.outcome.models import RectificationReport
from bihuan.areas.outcome.policies.progress import may_receive_rect_report
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Stale
from bihuan.org.policies import insist
from bihuan.record.actions.append import append

from .check_day import check_day


@transaction.atomic
def receive_rect_report(
    *, report: RectificationReport, on: date, standing: Standing, by: Actor, at: datetime
) -> RectificationReport:
    insist(may_receive_rect_report(report, standing))
    check_day(on=on, since=local_day(report.handed_in_at), what="报送日期", at=at)
    here = RectificationReport.objects.filter(pk=report.pk, received_on=None)
    if not here.update(received_on=on, received_by_id=by.person_id):
        raise Stale()
    report.received_on, report.received_by_id = on, by.person_id
    append(
        stream=report.feedback.stream, kind="outcome.rect_report_received", by=by, at=at,
        subject=str(report.feedback),
        data={"task": report.feedback.task_id, "stage": report.stage, "report": report.kind, "received_on": on.isoformat()},
    )  # fmt: skip
    return report
