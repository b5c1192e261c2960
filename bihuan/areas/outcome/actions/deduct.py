"""Take points off one indicator, or give them back."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from bihuan.areas.onsite.access import Standing
from bihuan.areas.outcome.models import Deduction, Evaluation
from bihuan.areas.outcome.policies.evaluation import may_deduct
from bihuan.areas.outcome.reads.evaluating import indicators_in
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.policies import insist
from bihuan.problems.models import Problem
from bihuan.record.actions.append import append


@transaction.atomic
def deduct(
    *,
    evaluation: Evaluation,
    indicator: str,
    points: Decimal,
    reason: str,
    standing: Standing,
    by: Actor,
    at: datetime,
    evidence: str = "",
    problem: Problem | None = None,
) -> Deduction:
    """Nothing but deductions: each with its reason and what shows it, a problem of the feedback or a paper."""
    insist(may_deduct(evaluation, standing))
    _check(evaluation, indicator, points, reason, evidence, problem)
    hold_evaluation(evaluation)
    made = Deduction.objects.create(
        evaluation=evaluation, indicator=indicator, points=points, reason=reason.strip(),
        evidence=evidence.strip(), problem=problem, made_at=at, made_by_id=by.person_id,
    )  # fmt: skip
    append(
        stream=evaluation.stream, kind="outcome.deducted", by=by, at=at, subject=str(evaluation),
        data={"task": evaluation.feedback.task_id, "indicator": indicator, "points": str(points)},
    )  # fmt: skip
    return made


def hold_evaluation(evaluation: Evaluation) -> None:
    """Of two hands at once the second must look again. Only actions call it. Raises Stale."""
    here = Evaluation.objects.filter(pk=evaluation.pk, handed_in_at=None, version=evaluation.version)
    if not here.update(version=evaluation.version + 1):
        raise Stale()
    evaluation.version += 1


def _check(
    evaluation: Evaluation, code: str, points: Decimal, reason: str, evidence: str, problem: Problem | None
) -> None:
    rows = indicators_in(evaluation.scheme, evaluation.deductions.all())
    found = next((one for one in rows if one.code == code), None)
    if found is None:
        raise Refused("没有这项指标", "从评分办法里选", field="indicator")
    if found.waits:
        raise Refused(f"“{found.title}”等{found.waits}的结果，现在不扣分", "按其他指标扣", field="indicator")
    if not 0 < points <= found.left:
        raise Refused(f"这项只剩 {found.left:g} 分", f"扣 0 到 {found.left:g} 分之间", field="points")
    if not reason.strip():
        raise Refused("扣分没有写原因", "写清什么没有做到", field="reason")
    if not evidence.strip() and problem is None:
        raise Refused("扣分没有依据", "选一件问题，或写文件、记录的名称", field="evidence")
    if problem is not None and not evaluation.feedback.items.filter(problem=problem).exists():
        raise Refused("不是这次反馈的问题", "从反馈的问题里选", field="problem")
