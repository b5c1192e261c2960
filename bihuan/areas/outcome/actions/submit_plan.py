"""报会审: the head signs for the plan's truth; from here on the reviewers have it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.onsite.access import Standing
from bihuan.areas.outcome.models import PlanEdition, PlanReview, RectificationPlan
from bihuan.areas.outcome.policies.plan import plan_verdict
from bihuan.areas.outcome.reads.clock import concentrated_end
from bihuan.areas.outcome.reads.clock_days import was_late
from bihuan.areas.outcome.reads.lists import Line, faults_in, lines_of, snapshot
from bihuan.areas.outcome.reads.reviewers import reviewers_in
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused
from bihuan.record.closed import opened

from .move_plan import move_plan


@transaction.atomic
def submit_plan(
    *, plan: RectificationPlan, pledge: bool, standing: Standing, by: Actor, at: datetime, answer: str = ""
) -> PlanEdition:
    """Keeps the lists as they stand. Asked before: every problem of the feedback, word for word, with measures that can be
    looked at, a day and somebody who answers for it."""
    feedback = plan.feedback
    lines = lines_of(feedback)
    leaders = set(plan.leaders.values_list("pk", flat=True))
    faults = faults_in(lines, leaders, concentrated_end(feedback))
    may = plan_verdict("submit", plan, standing, by, faults=faults)
    if may:
        _check(plan, lines, pledge, answer)
    changes = {"edition": plan.edition + 1, "submitted_at": at, "submitted_by_id": by.person_id}
    late = plan.edition == 0 and was_late(feedback, "plan", local_day(at))
    data = {"edition": plan.edition + 1, "items": len(lines), "late": late}
    move_plan(step="submit", plan=plan, may=may, by=by, at=at, changes=changes, data=data)
    made = PlanEdition.objects.create(
        plan=plan, number=plan.edition, rows=snapshot(lines), answer=answer.strip(), late=late,
        pledged_at=at, pledged_by_id=by.person_id,
    )  # fmt: skip
    _ask(made)
    return made


def _ask(edition: PlanEdition) -> None:
    """Whom the pinned pack names; further departments that saw the edition before see this one too."""
    bodies = reviewers_in(edition.plan.feedback.task.round.rule_pack)
    before = PlanReview.objects.filter(edition__plan=edition.plan, edition__number=edition.number - 1)
    units = {body: unit for body, unit in before.values_list("body", "unit_id") if body == "publicity"}
    rows = [PlanReview(edition=edition, body=body, unit_id=units.get(body)) for body in bodies]
    rows += [
        PlanReview(edition=edition, body="department", unit_id=one.unit_id)
        for one in before.filter(body="department")
    ]
    PlanReview.objects.bulk_create(rows)


def _check(plan: RectificationPlan, lines: list[Line], pledge: bool, answer: str) -> None:
    """Raises Refused."""
    if not pledge:
        raise Refused("没有签字背书", "勾上承诺：方案内容真实，由我负责", field="pledge")
    if plan.edition and not answer.strip():
        raise Refused("没有说明怎样采纳会审意见", "逐条写采纳的情况，不采纳的写理由", field="answer")
    other = [line.place for line in lines if opened(line.item)["statement"] != line.problem.statement]
    if other:
        raise Refused(
            f"第 {'、'.join(map(str, other))} 件问题的表述和反馈意见不一致", "请巡察办在问题上改回原文"
        )
