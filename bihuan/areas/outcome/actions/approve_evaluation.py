"""Write down that the leading group agreed to an evaluation."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from bihuan.areas.onsite.access import Standing
from bihuan.areas.outcome.models import Evaluation
from bihuan.areas.outcome.policies.evaluation import may_approve_evaluation
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.policies import insist
from bihuan.record.actions.append import append

from .check_day import check_day


@transaction.atomic
def approve_evaluation(
    *, evaluation: Evaluation, on: date, document: str, standing: Standing, by: Actor, at: datetime
) -> Evaluation:
    """By somebody who did not evaluate."""
    insist(may_approve_evaluation(evaluation, standing))
    check_day(on=on, since=local_day(evaluation.handed_in_at), what="交审定的日期", at=at)
    if not document.strip():
        raise Refused("要写会议和文号", "如：巡察工作领导小组会议纪要〔2026〕3 号", field="document")
    values = {"approved_on": on, "approved_by_id": by.person_id, "document": document.strip()}
    here = Evaluation.objects.filter(pk=evaluation.pk, approved_on=None, handed_in_at__isnull=False)
    if not here.update(**values):
        raise Stale()
    for name, value in values.items():
        setattr(evaluation, name, value)
    append(
        stream=evaluation.stream, kind="outcome.evaluation_approved", by=by, at=at, subject=str(evaluation),
        data={"task": evaluation.feedback.task_id, "on": on.isoformat(), "meeting": document.strip()},
    )  # fmt: skip
    return evaluation
