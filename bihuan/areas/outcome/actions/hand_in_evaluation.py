"""Hand the evaluation to the leading group: its score and grade stand from here on."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.onsite.access import Standing
from bihuan.areas.outcome.models import Evaluation
from bihuan.areas.outcome.policies.evaluation import may_deduct
from bihuan.areas.outcome.reads.evaluating import grade_in, indicators_in, score_in, window_of
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.policies import insist
from bihuan.record.actions.append import append


@transaction.atomic
def hand_in_evaluation(
    *, evaluation: Evaluation, text: str, standing: Standing, by: Actor, at: datetime
) -> Evaluation:
    insist(may_deduct(evaluation, standing))
    if not text.strip():
        raise Refused("没有写评估意见", "写总的评价和要继续整改的", field="text")
    score = score_in(indicators_in(evaluation.scheme, evaluation.deductions.all()))
    _, last = window_of(evaluation.feedback)
    values = {
        "handed_in_at": at, "handed_in_by_id": by.person_id, "score": score, "text": text.strip(),
        "grade": grade_in(evaluation.scheme, score), "version": evaluation.version + 1,
        "late": evaluation.kind == "effect" and last is not None and local_day(at) > last,
    }  # fmt: skip
    here = Evaluation.objects.filter(pk=evaluation.pk, handed_in_at=None, version=evaluation.version)
    if not here.update(**values):
        raise Stale()
    for name, value in values.items():
        setattr(evaluation, name, value)
    append(
        stream=evaluation.stream, kind="outcome.evaluation_handed_in", by=by, at=at, subject=str(evaluation),
        data={"task": evaluation.feedback.task_id, "score": str(score), "late": evaluation.late},
    )  # fmt: skip
    return evaluation
