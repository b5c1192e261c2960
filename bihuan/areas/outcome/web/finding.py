"""The task, report or feedback an address names, as this person stands towards it, or 404."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from bihuan.areas.inspection.models import Task
from bihuan.areas.onsite.access import Hat, Standing
from bihuan.areas.onsite.reads import standing_of
from bihuan.areas.outcome.models import Feedback, FeedbackItem, Report, ReportFinding
from bihuan.areas.outcome.policies import may_read_feedback
from bihuan.areas.outcome.reads import departments_of, tasks_open_to
from bihuan.kernel.moment import local_day
from bihuan.ui.access import confidential

CRUMB = ("巡后", "/outcome/")
MINE = ("巡察整改", "/outcome/mine/")
_WITH = ("round__plan__term", "round__rule_pack", "org", "framework", "given__team")


@dataclass(frozen=True, slots=True)
class Here:
    """A task and as what the reader stands towards it; `departments` are those they act for."""

    task: Task
    standing: Standing
    departments: frozenset[int]

    @property
    def is_inspected(self) -> bool:
        return Hat.INSPECTED in self.standing.hats


def _here(request: HttpRequest, task: Task) -> Here:
    confidential(request)
    standing = standing_of(task, request.actor, local_day(request.at))
    return Here(task, standing, frozenset(departments_of(request.actor)))


def here(request: HttpRequest, pk: int) -> Here:
    task = get_object_or_404(tasks_open_to(request.actor).select_related(*_WITH), pk=pk)
    return _here(request, task)


def report_for(request: HttpRequest, pk: int) -> tuple[Here, Report]:
    """At least its state and days may be seen."""
    row = get_object_or_404(Report.objects.only("task_id"), pk=pk)
    found = here(request, row.task_id)
    seen = Report.objects.listed_for(found.standing, found.departments)
    report = get_object_or_404(seen.select_related("department", "made_by"), pk=pk)
    report.task = found.task
    return found, report


def finding_for(request: HttpRequest, pk: int) -> tuple[Here, Report, ReportFinding]:
    row = get_object_or_404(ReportFinding.objects.select_related("focus"), pk=pk)
    found, report = report_for(request, row.report_id)
    row.report = report
    return found, report, row


def feedback_for(request: HttpRequest, pk: int) -> tuple[Here, Feedback]:
    """It may be opened; of the inspected organisation, by who answers for its rectification."""
    names = [f"task__{name}" for name in _WITH]
    rows = Feedback.objects.select_related(*names, "report", "principal", "receiver")
    feedback = get_object_or_404(rows, pk=pk)
    found = _here(request, feedback.task)
    if not may_read_feedback(feedback, found.standing, request.actor):
        raise Http404
    return found, feedback


def item_for(request: HttpRequest, pk: int) -> tuple[Here, Feedback, FeedbackItem]:
    row = get_object_or_404(FeedbackItem.objects.select_related("focus", "unit"), pk=pk)
    found, feedback = feedback_for(request, row.feedback_id)
    return found, feedback, row


def hands(found: Here, request: HttpRequest) -> dict[str, Any]:
    """`standing`, `by` and `at`, as every action of this room takes them."""
    return {"standing": found.standing, "by": request.actor, "at": request.at}


def crumbs(found: Here, *more: tuple[str, str]) -> list[tuple[str, str]]:
    if found.is_inspected:
        return [MINE, *more]
    return [CRUMB, (str(found.task), reverse("outcome:task", args=[found.task.pk])), *more]


def page_of(thing: Report | Feedback) -> str:
    name = "report" if isinstance(thing, Report) else "feedback"
    return reverse(f"outcome:{name}", args=[thing.pk])
