"""Ask a department to take part in the review of a plan, or name which one speaks for 宣传."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from bihuan.areas.onsite.access import Standing
from bihuan.areas.outcome.models import PlanReview, RectificationPlan
from bihuan.areas.outcome.policies.plan import may_ask_review
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.models import Unit
from bihuan.org.policies import insist
from bihuan.record.actions.append import append


@transaction.atomic
def ask_plan_review(
    *,
    plan: RectificationPlan,
    unit: Unit,
    standing: Standing,
    by: Actor,
    at: datetime,
    body: str = "department",
) -> PlanReview:
    """`body` is department, or publicity where the rule pack asks for it."""
    insist(may_ask_review(plan, standing))
    edition = plan.editions.get(number=plan.edition)
    if body == "publicity":
        made = PlanReview.objects.filter(edition=edition, body=body).first()
        if made is None:
            raise Refused("规则包里没有请宣传部门会审", "作为职能部门请", field="body")
        if not PlanReview.objects.filter(pk=made.pk, verdict="").update(unit=unit):
            raise Stale()
        made.unit = unit
    else:
        try:
            with transaction.atomic():
                made = PlanReview.objects.create(edition=edition, body="department", unit=unit)
        except IntegrityError:
            raise Refused(f"已经请{unit}会审", "", field="unit") from None
    append(
        stream=plan.stream, kind="outcome.plan_review_asked", by=by, at=at, subject=str(plan),
        data={"task": plan.feedback.task_id, "body": made.body, "unit": unit.pk, "edition": edition.number},
    )  # fmt: skip
    return made
