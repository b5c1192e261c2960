"""阅: office, discipline or personnel has read a report on the rectification, and says what is to be done with it."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from bihuan.areas.onsite.access import Standing
from bihuan.areas.outcome.models import RectificationReport, ReportReading
from bihuan.areas.outcome.policies.progress import may_note_reading
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Stale
from bihuan.org.policies import insist
from bihuan.record.actions.append import append


@transaction.atomic
def note_rect_reading(
    *, report: RectificationReport, body: str, note: str, standing: Standing, by: Actor, at: datetime
) -> ReportReading:
    """Once a body."""
    insist(may_note_reading(report, body, standing))
    try:
        with transaction.atomic():
            made = ReportReading.objects.create(
                report=report, body=body, note=note.strip(), read_at=at, read_by_id=by.person_id
            )
    except IntegrityError:
        raise Stale("已经有人阅过", "刷新页面看最新情况") from None
    append(
        stream=report.feedback.stream, kind="outcome.rect_report_read", by=by, at=at,
        subject=str(report.feedback),
        data={"task": report.feedback.task_id, "stage": report.stage, "report": report.kind, "body": body},
    )  # fmt: skip
    return made
