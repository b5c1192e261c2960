"""One body says what it has to say of a plan: comments by problem, and a verdict."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction

from bihuan.areas.onsite.access import Standing
from bihuan.areas.outcome.models import PlanComment, PlanReview, RectificationPlan
from bihuan.areas.outcome.policies.plan import may_review
from bihuan.areas.outcome.words import PLAN_VERDICTS
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Missing, Refused, Stale
from bihuan.org.policies import insist
from bihuan.record.actions.append import append


@transaction.atomic
def review_plan(
    *,
    review: PlanReview,
    verdict: str,
    comments: Mapping[int, str],
    standing: Standing,
    by: Actor,
    at: datetime,
    departments: Collection[int] = (),
) -> PlanReview:
    """Once a body and edition. `comments` by id of the feedback's item, 0 for the whole. Several bodies review at once; each
    is told of the others' comments only in the merged list."""
    plan = _held(review)
    may = may_review(review, plan, standing, departments)
    if not may and may.hidden:
        raise Missing()
    insist(may)
    said = {item: text.strip() for item, text in comments.items() if text.strip()}
    _check(verdict, said)
    here = PlanReview.objects.filter(pk=review.pk, verdict="")
    if not here.update(verdict=verdict, said_at=at, said_by_id=by.person_id):
        raise Stale()
    review.verdict, review.said_at, review.said_by_id = verdict, at, by.person_id
    known = set(plan.feedback.items.filter(pk__in=said).values_list("pk", flat=True)) | {0}
    PlanComment.objects.bulk_create(
        PlanComment(review=review, item_id=item or None, text=text, merged=text)
        for item, text in sorted(said.items())
        if item in known
    )
    append(
        stream=plan.stream, kind="outcome.plan_reviewed", by=by, at=at, subject=str(plan),
        data={
            "task": plan.feedback.task_id, "body": review.body, "unit": review.unit_id, "verdict": verdict,
            "comments": len(said), "edition": review.edition.number,
        },
    )  # fmt: skip
    return review


def _held(review: PlanReview) -> RectificationPlan:
    """The plan as it stands, kept from moving on until this transaction ends (SQLite has one writer anyway): nothing may
    be said to an edition whose comments are being joined."""
    found = RectificationPlan.objects.select_for_update().get(pk=review.edition.plan_id)
    found.feedback = review.edition.plan.feedback
    return found


def _check(verdict: str, said: Mapping[int, str]) -> None:
    if verdict not in dict(PLAN_VERDICTS):
        raise Refused("没有选结论", "选同意或建议退回", field="verdict")
    if verdict == "returned" and not said:
        raise Refused("建议退回要写意见", "在要改的问题下面写清改什么", field="verdict")
