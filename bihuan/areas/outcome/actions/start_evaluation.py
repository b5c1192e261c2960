"""Begin an evaluation, under the scheme as it ships today."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from bihuan.areas.onsite.access import Standing
from bihuan.areas.outcome.models import Evaluation, Feedback
from bihuan.areas.outcome.policies.evaluation import may_start_evaluation
from bihuan.areas.outcome.reads.evaluating import scheme_of, window_of
from bihuan.areas.outcome.words import EVALUATIONS
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.policies import insist
from bihuan.record.actions.append import append


@transaction.atomic
def start_evaluation(
    *, feedback: Feedback, kind: str, standing: Standing, by: Actor, at: datetime
) -> Evaluation:
    """Once a feedback and kind, from the end of the concentrated period on."""
    opens_on, _ = window_of(feedback)
    insist(may_start_evaluation(feedback, opens_on, local_day(at), standing))
    if kind not in dict(EVALUATIONS):
        raise Refused("没有这种评估", "选整改成效评估或专项评估", field="kind")
    try:
        with transaction.atomic():
            made = Evaluation.objects.create(
                feedback=feedback, kind=kind, scheme=scheme_of(kind), made_at=at, made_by_id=by.person_id
            )
    except IntegrityError:
        raise Stale("评估已经有人开始", "刷新页面看最新情况") from None
    append(
        stream=made.stream, seq=1, kind="outcome.evaluation_started", by=by, at=at, subject=str(made),
        data={"task": feedback.task_id, "evaluation": kind},
    )  # fmt: skip
    return made
