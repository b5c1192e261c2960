"""Take a problem or a suggestion out of a feedback that was not given out yet."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.onsite.access import Standing
from bihuan.areas.outcome.models import Feedback, FeedbackItem
from bihuan.areas.outcome.policies import may_amend_feedback
from bihuan.kernel.actor import Actor
from bihuan.org.policies import insist
from bihuan.record.actions.append import append

from .hold_feedback import hold_feedback


@transaction.atomic
def drop_item(*, feedback: Feedback, item: FeedbackItem, standing: Standing, by: Actor, at: datetime) -> None:
    """What the report found stays in the report."""
    insist(may_amend_feedback(feedback, standing))
    hold_feedback(feedback=feedback)
    order = item.order
    item.delete()
    append(
        stream=feedback.stream, kind="outcome.item_dropped", by=by, at=at, subject=str(feedback),
        data={"task": feedback.task_id, "item": order},
    )  # fmt: skip
