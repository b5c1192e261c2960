"""Begin the feedback of a task: its problems from the findings of the approved report, its suggestions from the report's."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from bihuan.areas.onsite.access import Standing
from bihuan.areas.outcome.models import Feedback, FeedbackItem, Report
from bihuan.areas.outcome.policies import may_compose
from bihuan.areas.outcome.reads.inside import main_unit
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Stale
from bihuan.org.policies import insist
from bihuan.record.actions.append import append
from bihuan.record.closed import shut

from .read_report import Read, read_report

_STOPS = "。；，、 "


@transaction.atomic
def compose_feedback(*, report: Report, standing: Standing, by: Actor, at: datetime) -> Feedback:
    """Once a task. The words are a proposal; who is named in the report as responsible is left out of it."""
    insist(may_compose(report, standing))
    said = read_report(report=report, standing=standing, by=by, at=at)
    made = Feedback(task=report.task, report=report, made_at=at, made_by_id=by.person_id)
    shut(made, {"opening": said.overall, "demands": ""})
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        raise Stale("反馈意见已经有人拟", "刷新页面看最新情况") from None
    count = _fill(made, said)
    append(
        stream=made.stream, seq=1, kind="outcome.feedback_composed", by=by, at=at, subject=str(made),
        data={"task": report.task_id, "items": count},
    )  # fmt: skip
    return made


def _fill(feedback: Feedback, said: Read) -> int:
    unit, order = main_unit(feedback.task), 0
    for finding, words in said.findings:
        order += 1
        item = FeedbackItem(
            feedback=feedback, order=order, kind="problem", focus=finding.focus, category=finding.category,
            severity=finding.severity, common=finding.common, unit=unit,
        )  # fmt: skip
        parts = [words[key].strip(_STOPS) for key in ("phenomenon", "nature")]
        shut(item, {"statement": "。".join(part for part in parts if part) + "。", "demand": ""})
        item.save(force_insert=True)
        item.findings.add(finding)
    for line in filter(None, (line.strip() for line in said.suggestions.splitlines())):
        order += 1
        item = FeedbackItem(feedback=feedback, order=order, kind="suggestion")
        shut(item, {"statement": line, "demand": ""})
        item.save(force_insert=True)
    return order
