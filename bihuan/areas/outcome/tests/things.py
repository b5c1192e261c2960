"""A report with one finding, the copy kept of it, and a feedback that was given out, of a task still on site."""

from __future__ import annotations

from datetime import datetime

from bihuan.areas.inspection.models import Task
from bihuan.areas.onsite.tests.story import SECRET
from bihuan.areas.outcome.models import Feedback, FeedbackItem, Report, ReportEdition, ReportFinding
from bihuan.org.tests.world import World
from bihuan.record.closed import shut


def outcome_things(world: World, task: Task, at: datetime) -> None:
    """Rows alone: what an outsider may learn does not hang on how they came about."""
    member, office = world.person("second_officer"), world.person("inspection_officer")
    focus, unit = task.framework.items.first(), world.unit("hot_mill")
    report = Report(task=task, made_at=at, made_by=member, passed_on=world.day)
    edition = ReportEdition(report=report, number=1, kept_at=at, kept_by=member)
    finding = ReportFinding(report=report, order=1, focus=focus)
    feedback = Feedback(
        task=task, report=report, made_at=at, made_by=office, told_on=world.day, told_by=office,
        principal=world.person("unit_head"), meeting_on=world.day, issued_at=at, issued_by=office,
    )  # fmt: skip
    item = FeedbackItem(feedback=feedback, order=1, unit=unit)
    for row in (report, edition, finding, feedback, item):
        shut(row, {"overall": SECRET, "opening": SECRET, "statement": SECRET, "phenomenon": SECRET})
        row.save(force_insert=True)
