"""Registering a problem: found, photographed, and perhaps put right on the spot, on one page of a phone."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused
from bihuan.org.permissions import Permission
from bihuan.problems.actions.raise_fixed import raise_fixed
from bihuan.problems.actions.raise_problem import raise_problem
from bihuan.problems.forms.raising import RaiseForm
from bihuan.problems.forms.slips import as_uploads
from bihuan.problems.models import Problem
from bihuan.ui.access import view
from bihuan.ui.refusals import STATUS, into_form

from .likeness import take_answers
from .uploads import fill


@view(needs=Permission.PROBLEM_RAISE)
def new(request: HttpRequest) -> HttpResponse:
    """The form, and what it makes: a problem that waits for its assignment, or one already put right."""
    made = {"actor": request.actor, "day": local_day(request.at)}
    if request.method != "POST":
        return _show(request, RaiseForm(initial=request.GET.dict(), **made))
    form = RaiseForm(request.POST, **made)
    if not fill(request, form.slots) or not form.is_valid():
        return _show(request, form, 422)
    try:
        problem = _register(request, form)
    except Refused as refused:
        into_form(form, refused)
        return _show(request, form, STATUS.get(refused.code, 400))
    take_answers(request, problem)
    fixed = problem.closure != "raised"
    said = (
        "已登记，整改后的照片已送核验，请另一人看过后销号"
        if fixed
        else f"已登记，接下来等下达给{problem.unit}"
    )
    messages.success(request, f"{problem.number} {said}。")
    return redirect("problems:page", problem.number)


def _register(request: HttpRequest, form: RaiseForm) -> Problem:
    before, after = form.slots
    told = {"by": request.actor, "at": request.at, **form.details(request.actor)}
    if after.kept or "fixed" in request.POST:
        return raise_fixed(before=as_uploads([before]), after=as_uploads([after]), **told)
    return raise_problem(files=as_uploads([before]), **told)


def _show(request: HttpRequest, form: RaiseForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "page_title": "登记问题", "opened": _wrong_below(form)}
    return render(request, "problems/new.html", context, status=status)


def _wrong_below(form: RaiseForm) -> bool:
    """True if a folded field has an error: then the fold is open."""
    return form.is_bound and any(bound.errors for bound in form.rest())
