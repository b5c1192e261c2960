"""Open a feedback: ask the table, write down who read it, then open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from bihuan.areas.onsite.access import Standing
from bihuan.areas.outcome.models import Feedback, FeedbackItem
from bihuan.areas.outcome.policies import may_read_feedback
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Missing
from bihuan.org.policies import insist
from bihuan.record.actions.append import append
from bihuan.record.closed import opened


@dataclass(frozen=True, slots=True)
class ReadFeedback:
    """A feedback with its words: (place, item, words) in the order of the items, problems before suggestions."""

    opening: str
    demands: str
    problems: list[tuple[int, FeedbackItem, dict[str, Any]]]
    suggestions: list[tuple[int, FeedbackItem, dict[str, Any]]]


@transaction.atomic
def read_feedback(*, feedback: Feedback, standing: Standing, by: Actor, at: datetime) -> ReadFeedback:
    """Raises Missing where it does not exist for this person."""
    may = may_read_feedback(feedback, standing, by)
    if not may and may.hidden:
        raise Missing()
    insist(may)
    append(
        stream=feedback.stream, kind="outcome.feedback_read", by=by, at=at, subject=str(feedback),
        data={"task": feedback.task_id, "as": sorted(standing.hats)},
    )  # fmt: skip
    words = opened(feedback)
    rows = list(feedback.items.select_related("focus", "unit", "problem").order_by("order"))
    parts = {
        kind: [(n, row, opened(row)) for n, row in enumerate([r for r in rows if r.kind == kind], 1)]
        for kind in ("problem", "suggestion")
    }
    return ReadFeedback(words["opening"], words["demands"], parts["problem"], parts["suggestion"])
