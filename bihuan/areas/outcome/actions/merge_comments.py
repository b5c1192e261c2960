"""Join the comments of all bodies into one list, and say what the review came to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from bihuan.areas.onsite.access import Standing
from bihuan.areas.outcome.models import PlanComment, PlanEdition, PlanReview, RectificationPlan
from bihuan.areas.outcome.policies.plan import plan_verdict
from bihuan.areas.outcome.words import PLAN_RESULTS
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused, Stale

from .move_plan import move_plan

STEPS = {"agreed": "agree", "returned": "return"}


@transaction.atomic
def merge_comments(
    *,
    plan: RectificationPlan,
    result: str,
    merged: Mapping[int, str],
    standing: Standing,
    by: Actor,
    at: datetime,
) -> PlanEdition:
    """`merged` by id of the comment: how it stands in the list, empty where it is left out or joined with another. What it
    does not name stays as it was said. Back to the organisation, or agreed."""
    if result not in dict(PLAN_RESULTS):
        raise Refused("没有选结果", "选会审通过或退回修改", field="result")
    edition = plan.editions.get(number=plan.edition)
    reviews = list(PlanReview.objects.filter(edition=edition).select_related("unit").order_by("pk"))
    may = plan_verdict(STEPS[result], plan, standing, by, reviews=reviews)
    comments = list(PlanComment.objects.filter(review__edition=edition))
    for one in comments:
        one.merged = merged.get(one.pk, one.merged).strip()
    kept = sum(bool(one.merged) for one in comments)
    if may and result == "returned" and not kept:
        raise Refused("退回要有意见", "至少留一条意见，写清改什么", field="result")
    changes = {"approved_at": at, "approved_by_id": by.person_id} if result == "agreed" else {}
    data = {"edition": edition.number, "comments": kept}
    move_plan(step=STEPS[result], plan=plan, may=may, by=by, at=at, changes=changes, data=data)
    PlanComment.objects.bulk_update(comments, ["merged"])
    here = PlanEdition.objects.filter(pk=edition.pk, result="")
    if not here.update(result=result, merged_at=at, merged_by_id=by.person_id):
        raise Stale()
    edition.result, edition.merged_at, edition.merged_by_id = result, at, by.person_id
    return edition
