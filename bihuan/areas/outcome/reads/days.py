"""A task's way from leaving to the feedback: what was due when, by the round's pinned rules, and when it was done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bihuan.areas.inspection.models import Task
from bihuan.areas.outcome.models import ClockDay, Feedback, Report
from bihuan.kernel.calendar import WorkCalendar
from bihuan.kernel.refused import Missing
from bihuan.kernel.rules import RuleValue
from bihuan.org.models import PackVersion
from bihuan.org.reads import rule_of, work_calendar

from .clock import CONCENTRATED

LEADING_RULE, COMMITTEE_RULE = "report.leading_group_due", "report.committee_due"


@dataclass(frozen=True, slots=True)
class Stop:
    """One thing with a day by which it was to be done; `rule` says why, None where the pack is silent."""

    due: date | None
    done: date | None
    rule: RuleValue | None

    def is_late(self, day: date) -> bool:
        """Done after its day, or not done and the day is over."""
        return self.due is not None and (self.done or day) > self.due


@dataclass(frozen=True, slots=True)
class Way:
    report: Report | None
    leading: Stop
    committee: Stop
    feedback: Feedback | None
    ends_on: date | None

    @property
    def next_due(self) -> date | None:
        """The day that counts now; None once the report was decided."""
        for stop in (self.leading, self.committee):
            if stop.done is None:
                return stop.due
        return None


def ways_of(tasks: Sequence[Task]) -> dict[int, Way]:
    """Task id -> its way. Four queries, however many tasks; each comes with `round__rule_pack`."""
    reports = {row.task_id: row for row in Report.objects.filter(task__in=tasks, kind="task").defer("sealed")}
    feedbacks = {row.task_id: row for row in Feedback.objects.filter(task__in=tasks).defer("sealed")}
    ends = ClockDay.objects.filter(feedback__task__in=tasks, code=CONCENTRATED)
    end_of = dict(ends.values_list("feedback__task_id", "due_on"))
    calendar = work_calendar()
    return {
        task.pk: _way(task, reports.get(task.pk), feedbacks.get(task.pk), end_of.get(task.pk), calendar)
        for task in tasks
    }


def _way(
    task: Task,
    report: Report | None,
    feedback: Feedback | None,
    ends_on: date | None,
    calendar: WorkCalendar,
) -> Way:
    pack = task.round.rule_pack
    considered = report.considered_on if report else None
    approved = report.approved_on if report else None
    return Way(
        report,
        _stop(task, pack, LEADING_RULE, considered, calendar),
        _stop(task, pack, COMMITTEE_RULE, approved, calendar),
        feedback,
        ends_on,
    )


def _stop(task: Task, pack: PackVersion, key: str, done: date | None, calendar: WorkCalendar) -> Stop:
    try:
        rule = rule_of(pack, key)
    except Missing:
        return Stop(None, done, None)
    due = rule.due_rule().due(task.left_on, calendar) if task.left_on else None
    return Stop(due, done, rule)
