"""Write what stands before and after the problems of a feedback."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.onsite.access import Standing
from bihuan.areas.outcome.models import Feedback
from bihuan.areas.outcome.policies import may_amend_feedback
from bihuan.kernel.actor import Actor
from bihuan.org.policies import insist
from bihuan.record.actions.append import append
from bihuan.record.closed import shut

from .hold_feedback import hold_feedback


@transaction.atomic
def amend_feedback(
    *, feedback: Feedback, opening: str, demands: str, standing: Standing, by: Actor, at: datetime
) -> Feedback:
    """Until it is given out."""
    insist(may_amend_feedback(feedback, standing))
    hold_feedback(feedback=feedback)
    shut(feedback, {"opening": opening.strip(), "demands": demands.strip()})
    Feedback.objects.filter(pk=feedback.pk).update(sealed=feedback.sealed)
    append(
        stream=feedback.stream, kind="outcome.feedback_amended", by=by, at=at, subject=str(feedback),
        data={"task": feedback.task_id},
    )  # fmt: skip
    return feedback
