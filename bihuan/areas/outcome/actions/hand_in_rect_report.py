"""Hand in a report on the rectification; its figures are counted here, not typed."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from bihuan.areas.onsite.access import Standing
from bihuan.areas.outcome import words
from bihuan.areas.outcome.models import Feedback, RectificationPlan, RectificationReport
from bihuan.areas.outcome.policies.progress import may_hand_in_rect_report
from bihuan.areas.outcome.reads.clock_days import day_of
from bihuan.areas.outcome.reads.figures import figures_of
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.policies import insist
from bihuan.record.actions.append import append


@transaction.atomic
def hand_in_rect_report(
    *, feedback: Feedback, stage: str, kind: str, text: str, standing: Standing, by: Actor, at: datetime
) -> RectificationReport:
    """Once a stage and document. The end of the concentrated period is when the progress is due."""
    plan = RectificationPlan.objects.filter(feedback=feedback).first()
    insist(may_hand_in_rect_report(feedback, kind, plan, standing, by))
    if stage not in dict(words.STAGES) or kind not in dict(words.TWO_REPORTS):
        raise Refused("没有选阶段和文件", "选一种再报", field="stage")
    if not text.strip():
        raise Refused("没有写正文", "写整改情况；件数由系统统计，不用填", field="text")
    due = day_of(feedback, "progress") if stage == "progress" else None
    late = due is not None and local_day(at) > due.latest_on
    now = figures_of([feedback.pk])
    try:
        with transaction.atomic():
            made = RectificationReport.objects.create(
                feedback=feedback, stage=stage, kind=kind, text=text.strip(), total=now.total, done=now.done,
                basically=now.basically, due_on=due.due_on if due else None, late=late, handed_in_at=at,
                handed_in_by_id=by.person_id,
            )  # fmt: skip
    except IntegrityError:
        raise Stale("这一份已经报送", "刷新页面看最新情况") from None
    append(
        stream=feedback.stream, kind="outcome.rect_report_handed_in", by=by, at=at, subject=str(feedback),
        data={
            "task": feedback.task_id, "stage": stage, "report": kind, "total": now.total, "done": now.done,
            "basically": now.basically, "late": late,
        },
    )  # fmt: skip
    return made
