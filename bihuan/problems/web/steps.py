"""One view for all steps: GET shows the form, POST calls the one action. Driven by `forms.table`."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused
from bihuan.kernel.verdict import Verdict
from bihuan.problems import states
from bihuan.problems.forms.fields import StepForm
from bihuan.problems.forms.table import StepPage, what_next
from bihuan.problems.forms.taking import mendable, take
from bihuan.problems.lists import clock_of
from bihuan.problems.models import Problem
from bihuan.problems.policies import Check, checks_before, verdict
from bihuan.ui.access import SIGNED_IN, view
from bihuan.ui.refusals import STATUS, into_form

from .finding import problem_for
from .uploads import fill


def step_view(page: StepPage) -> Callable[..., HttpResponse]:
    """The view of one step. Who may is the verdict's to say; who may not even see the problem gets 404."""

    @view(needs=SIGNED_IN)
    def take_step(request: HttpRequest, number: str) -> HttpResponse:
        problem = problem_for(request, number)
        made = {"problem": problem, "actor": request.actor, "day": local_day(request.at)}
        if request.method == "POST":
            return _post(request, page, problem, made)
        may = verdict(page.step, problem, by=request.actor, at=request.at)
        if not may and not mendable(page.step, problem, may):
            return _refused(request, page, problem, may)
        form = page.form(initial={k: v for k, v in request.GET.items() if k in page.form.base_fields}, **made)
        return _show(request, page, problem, form)

    take_step.__name__ = f"{page.step}_step"
    return take_step


def _post(request: HttpRequest, page: StepPage, problem: Problem, made: dict) -> HttpResponse:
    form = page.form(request.POST, **made)
    files_fine = fill(request, form.slots)
    if "more" in request.POST:
        return _show(request, page, problem, form)
    if not form.is_valid() or not files_fine:
        return _show(request, page, problem, form, 422)
    try:
        take(page, problem, form, by=request.actor, at=request.at)
    except Refused as refused:
        fresh = problem_for(request, problem.number)
        if refused.code == "refused" and verdict(page.step, fresh, by=request.actor, at=request.at).hidden:
            raise
        into_form(form, refused)
        return _show(request, page, fresh, form, STATUS.get(refused.code, 400))
    said = what_next(page.step, problem)
    messages.success(request, f"{page.done}，{said}。" if said else f"{page.done}。")
    return redirect("problems:page", problem.number)


def _checks(page: StepPage, problem: Problem) -> list[Check]:
    return checks_before(page.checks, problem) if page.checks and page.step != "plan" else []


def _show(
    request: HttpRequest, page: StepPage, problem: Problem, form: StepForm, status: int = 200
) -> HttpResponse:
    if form.is_bound and status in (409,):
        form.data = form.data.copy()
        form.data["version"] = problem.version
    context = {
        "step": page,
        "problem": problem,
        "form": form,
        "checks": _checks(page, problem),
        "page_title": f"{page.label} {problem.number}",
        "people": form.people(),
        "clock_now": clock_of(problem, local_day(request.at)),
        "wrong": status >= 400,
        "multi": bool(form.slots),
    }
    return render(request, form.template, context, status=status)


def _refused(request: HttpRequest, page: StepPage, problem: Problem, may: Verdict) -> HttpResponse:
    """The step is not possible: the reason, what to do, and the checks that are still open."""
    status = 403 if problem.closure in states.STEPS[page.step].sources else 409
    context = {
        "step": page,
        "problem": problem,
        "may": may,
        "checks": _checks(page, problem),
        "page_title": f"{page.label} {problem.number}",
    }
    return render(request, "problems/step_refused.html", context, status=status)
