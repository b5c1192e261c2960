"""What a check team of the upper level opens: its visit, the tasks, their papers. Each page leaves an event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bihuan.areas.inspection.models import Task
from bihuan.areas.outcome.actions.note_check_read import note_check_read
from bihuan.areas.outcome.models import (
    CheckTerm,
    CheckVisit,
    Evaluation,
    EvidencePack,
    RectificationPlan,
    RectificationReport,
)
from bihuan.areas.outcome.policies.checking import looks, may_change_check, may_settle
from bihuan.areas.outcome.reads.checking import (
    Checked,
    checked_of,
    counts_of,
    trail_of,
    verdicts_of,
    visits_open_to,
)
from bihuan.areas.outcome.reads.evaluating import indicators_in
from bihuan.areas.outcome.reads.figures import figures_of
from bihuan.areas.outcome.reads.publishing import origin_of
from bihuan.areas.outcome.words import PAGES, PAPERS
from bihuan.kernel.moment import local_day
from bihuan.org.permissions import Permission as P
from bihuan.problems.lists import look_of
from bihuan.publication import states as public
from bihuan.publication.models import Publication
from bihuan.ui.access import confidential, view

from .packs import pack_line

OPENS = (P.INSPECTION_CHECK, P.INSPECTION_PLAN, P.INSPECTION_DECIDE)
CRUMB = ("现场验证", "/outcome/checks/")
#: the looks of a verdict
LOOKS = {"true": ("属实", "good", "circle-check"), "partly": ("部分属实", "soon", "alert-circle"), "false": ("不实", "late", "alert-circle")}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Visiting:
    """A visit as the address names it. `inside`: the reader is of the check and within its term, else of the office."""

    visit: CheckVisit
    inside: bool


def visit_for(request: HttpRequest, pk: int) -> Visiting:
    """Raises Http404 for whoever may not look now: before the term, after it, once it was withdrawn."""
    day = local_day(request.at)
    visit = get_object_or_404(
        visits_open_to(request.actor, day).select_related("opened_by", "ended_by"), pk=pk
    )
    confidential(request)
    return Visiting(visit, looks(visit, request.actor, day))


def task_for(request: HttpRequest, pk: int, task: int) -> tuple[Visiting, Task]:
    found = visit_for(request, pk)
    rows = found.visit.tasks.select_related("org", "round")
    return found, get_object_or_404(rows, pk=task)


def page_of(visit: CheckVisit) -> str:
    return reverse("outcome:check", args=[visit.pk])


def trail(visit: CheckVisit, *more: tuple[str, str]) -> list[tuple[str, str]]:
    return [CRUMB, (visit.body, page_of(visit)), *more]


def at_task(visit: CheckVisit, task: Task) -> tuple[str, str]:
    return task.org.shown, reverse("outcome:check-task", args=[visit.pk, task.pk])


def _note(request: HttpRequest, visit: CheckVisit, page: str, **about: Any) -> None:
    note_check_read(visit=visit, page=page, by=request.actor, at=request.at, **about)


@require_safe
@view(needs=OPENS)
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The visit: for the check its tasks and its sheet, for the office also the term and the trail."""
    found = visit_for(request, pk)
    visit, day = found.visit, local_day(request.at)
    _note(request, visit, "visit")
    context = {
        "page_title": str(visit), "visit": visit, "inside": found.inside, "day": day,
        "tasks": list(visit.tasks.select_related("org", "round").order_by("pk")),
        "members": list(visit.members.order_by("pk")),
        "terms": list(CheckTerm.objects.filter(visit=visit).select_related("decided_by").order_by("pk")),
        "counts": counts_of(visit), "sheet": _sheet(request, visit), "packs": _packs(request, found),
        "may_change": may_change_check(visit, request.actor, day),
        "read": None if found.inside else trail_of(visit),
    }  # fmt: skip
    return render(request, "outcome/check.html", context)


def _sheet(request: HttpRequest, visit: CheckVisit) -> list[tuple[Any, Any, Any]]:
    rows = verdicts_of(visit).values()
    for one in rows:
        one.visit = visit
    return [(one, LOOKS[one.verdict], may_settle(one, request.actor)) for one in rows]


def _packs(request: HttpRequest, found: Visiting) -> list[dict[str, Any]]:
    rows = EvidencePack.objects.filter(visit=found.visit).select_related("task__org", "asked_by")
    mine = rows.filter(asked_by=request.actor.person_id) if found.inside else rows
    return [pack_line(one) for one in mine.order_by("-pk")[:20]]


@require_safe
@view(needs=OPENS)
def task(request: HttpRequest, pk: int, task: int) -> HttpResponse:
    found, seen = task_for(request, pk, task)
    _note(request, found.visit, "task", task=seen.pk)
    checked, said, day = checked_of(seen), verdicts_of(found.visit), local_day(request.at)
    context = {
        "page_title": f"{seen.org.shown}整改", "visit": found.visit, "inside": found.inside, "task": seen, "day": day,
        "crumbs": trail(found.visit), "checked": checked, "figures": figures_of([checked.feedback.pk], day),
        "rows": [_row(line, said, request, found.visit) for line in checked.lines],
        "papers": [(what, PAGES[what]) for what in PAPERS],
    }  # fmt: skip
    return render(request, "outcome/check_task.html", context)


def _row(line: Any, said: dict, request: HttpRequest, visit: CheckVisit) -> dict[str, Any]:
    known = said.get(line.problem.pk)
    return {
        "line": line, "problem": line.problem, "look": look_of(line.problem),
        "said": known, "said_look": LOOKS[known.verdict] if known else None,
    }  # fmt: skip


@require_safe
@view(needs=OPENS)
def paper(request: HttpRequest, pk: int, task: int, what: str) -> HttpResponse:
    """The plan with its three lists, the reports, the evaluation, what was made public."""
    found, seen = task_for(request, pk, task)
    if what not in PAPERS:
        raise Http404
    _note(request, found.visit, what, task=seen.pk)
    checked = checked_of(seen)
    context = {
        "page_title": f"{seen.org.shown}：{PAGES[what]}", "visit": found.visit, "task": seen, "what": what,
        "crumbs": trail(found.visit, at_task(found.visit, seen)), "checked": checked,
        **_PARTS[what](checked),
    }  # fmt: skip
    return render(request, "outcome/check_paper.html", context)


def _plan(checked: Checked) -> dict[str, Any]:
    plan = RectificationPlan.objects.filter(feedback=checked.feedback).select_related("head").first()
    return {
        "plan": plan,
        "leaders": list(plan.leaders.exclude(pk=plan.head_id).order_by("pk")) if plan else [],
    }


def _reports(checked: Checked) -> dict[str, Any]:
    rows = RectificationReport.objects.filter(feedback=checked.feedback).select_related("handed_in_by")
    return {"reports": list(rows.order_by("stage", "kind"))}


def _evaluation(checked: Checked) -> dict[str, Any]:
    """Approved ones: before, it is still somebody's draft. Deductions name problems that the check sees, others without."""
    shown = {line.problem.pk for line in checked.lines}
    rows = Evaluation.objects.filter(feedback=checked.feedback, approved_on__isnull=False)
    found = []
    for one in rows.prefetch_related("deductions__problem").order_by("pk"):
        taken = [row for row in one.deductions.all() if row.problem_id is None or row.problem_id in shown]
        found.append((one, indicators_in(one.scheme, sorted(taken, key=lambda row: row.pk))))
    return {"evaluations": found}


def _publication(checked: Checked) -> dict[str, Any]:
    rows = Publication.objects.of_origin(origin_of(checked.feedback))
    return {"published": list(rows.filter(state__in=(public.PUBLISHED, *public.ENDED)).order_by("pk"))}


_PARTS = {"plan": _plan, "reports": _reports, "evaluation": _evaluation, "publication": _publication}
