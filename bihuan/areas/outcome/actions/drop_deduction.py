"""Give points back that were taken off by mistake, before the evaluation is handed in."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.onsite.access import Standing
from bihuan.areas.outcome.models import Deduction
from bihuan.areas.outcome.policies.evaluation import may_deduct
from bihuan.kernel.actor import Actor
from bihuan.org.policies import insist
from bihuan.record.actions.append import append

from .deduct import hold_evaluation


@transaction.atomic
def drop_deduction(*, deduction: Deduction, standing: Standing, by: Actor, at: datetime) -> None:
    evaluation = deduction.evaluation
    insist(may_deduct(evaluation, standing))
    hold_evaluation(evaluation)
    indicator, points = deduction.indicator, str(deduction.points)
    Deduction.objects.filter(pk=deduction.pk).delete()
    append(
        stream=evaluation.stream, kind="outcome.deduction_dropped", by=by, at=at, subject=str(evaluation),
        data={"task": evaluation.feedback.task_id, "indicator": indicator, "points": points},
    )  # fmt: skip
