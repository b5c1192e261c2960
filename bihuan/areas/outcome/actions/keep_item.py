"""Write one problem or suggestion of a feedback: a new one, or the whole of one anew."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from bihuan.areas.inspection.models import Focus
from bihuan.areas.onsite.access import Standing
from bihuan.areas.outcome.models import Feedback, FeedbackItem
from bihuan.areas.outcome.policies import may_amend_feedback
from bihuan.areas.outcome.reads.inside import units_of
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused
from bihuan.org.models import Unit
from bihuan.org.policies import insist
from bihuan.record.actions.append import append
from bihuan.record.closed import shut

from .hold_feedback import hold_feedback


@transaction.atomic
def keep_item(
    *,
    feedback: Feedback,
    kind: str,
    statement: str,
    standing: Standing,
    by: Actor,
    at: datetime,
    item: FeedbackItem | None = None,
    demand: str = "",
    focus: Focus | None = None,
    unit: Unit | None = None,
    timing: str = "time_limited",
    category: str = "other",
    severity: str = "general",
    common: str = "",
) -> FeedbackItem:
    """A problem has a unit of the organisation that takes the lead; problems and suggestions need not match in number.
    Raises Refused."""
    insist(may_amend_feedback(feedback, standing))
    _check(feedback, kind, statement, unit)
    hold_feedback(feedback=feedback)
    last = feedback.items.aggregate(last=Max("order"))["last"] or 0
    kept = item or FeedbackItem(feedback=feedback, order=last + 1)
    kept.kind, kept.focus, kept.category, kept.severity = kind, focus, category, severity
    kept.unit, kept.timing, kept.common = unit, timing, common.strip()
    shut(kept, {"statement": statement.strip(), "demand": demand.strip()})
    kept.save()
    append(
        stream=feedback.stream, kind="outcome.item_kept", by=by, at=at, subject=str(feedback),
        data={"task": feedback.task_id, "item": kept.order, "timing": timing},
    )  # fmt: skip
    return kept


def _check(feedback: Feedback, kind: str, statement: str, unit: Unit | None) -> None:
    if not statement.strip():
        raise Refused("没有写内容", "写清问题或建议", field="statement")
    if kind != "problem":
        return
    if unit is None:
        raise Refused("问题要定牵头单位", "选被巡察党组织所属的单位", field="unit")
    if not units_of(feedback.task).filter(pk=unit.pk).exists():
        raise Refused(f"{unit}不属于{feedback.task.org}", "选被巡察党组织所属的单位", field="unit")
