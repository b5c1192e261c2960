"""Copy an approved evaluation to discipline and personnel, and tell the organisation: from here on it sees its result."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.onsite.access import Standing
from bihuan.areas.outcome.models import Evaluation
from bihuan.areas.outcome.policies.evaluation import may_send_evaluation
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Stale
from bihuan.org.policies import insist
from bihuan.record.actions.append import append

COPIES = ("discipline", "personnel")


@transaction.atomic
def send_evaluation(*, evaluation: Evaluation, standing: Standing, by: Actor, at: datetime) -> Evaluation:
    insist(may_send_evaluation(evaluation, standing))
    here = Evaluation.objects.filter(pk=evaluation.pk, sent_at=None, approved_on__isnull=False)
    if not here.update(sent_at=at, sent_by_id=by.person_id):
        raise Stale()
    evaluation.sent_at, evaluation.sent_by_id = at, by.person_id
    append(
        stream=evaluation.stream, kind="outcome.evaluation_sent", by=by, at=at, subject=str(evaluation),
        data={"task": evaluation.feedback.task_id, "copied_to": list(COPIES), "score": str(evaluation.score)},
    )  # fmt: skip
    return evaluation
