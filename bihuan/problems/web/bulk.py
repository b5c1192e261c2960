"""Several problems at once: urge, change the owner, export. All or none; closing is never done in bulk."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused
from bihuan.org.permissions import Permission
from bihuan.problems.actions.remind import remind
from bihuan.problems.actions.reown import reown
from bihuan.problems.exports import ask_export
from bihuan.problems.forms.fields import find_person, people_of, person_field, words
from bihuan.problems.models import Problem
from bihuan.problems.policies import verdict
from bihuan.ui.access import view
from bihuan.ui.refusals import into_form

MOST = 200
_REOWN = (Permission.PROBLEM_REOWN, Permission.PROBLEM_REOWN_OWN)


@dataclass
class Picked:
    """Chosen rows this reader sees, split by what the verdict says; `refused` holds (problem, verdict)."""

    able: list[Problem] = field(default_factory=list)
    refused: list[tuple] = field(default_factory=list)


def _ids(request: HttpRequest) -> list[int]:
    return [
        int(text) for text in request.POST.getlist("picked")[:MOST] if text.isdecimal() and len(text) <= 18
    ]


def _sort(ids: list[int], step: str, *, by: Actor, at: datetime) -> Picked:
    """Ask the verdict for each; what the reader may not see is left out without a word."""
    sorted_ = Picked()
    for problem in Problem.objects.visible_to(by).for_page().filter(pk__in=ids).order_by("number"):
        may = verdict(step, problem, by=by, at=at)
        if may:
            sorted_.able.append(problem)
        else:
            sorted_.refused.append((problem, may))
    return sorted_


def _back(request: HttpRequest) -> HttpResponse:
    given = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(given, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(given) if ours else redirect("problems:ledger")


@require_POST
@view(needs=Permission.PROBLEM_ASSIGN)
def remind_many(request: HttpRequest) -> HttpResponse:
    """催办: each gets its own event and its own notice; the digest gathers them."""
    picked = _sort(_ids(request), "remind", by=request.actor, at=request.at)
    if picked.refused and "only_able" not in request.POST:
        return _ask(request, "催办", "problems:bulk-reminder", picked)
    with transaction.atomic():
        for problem in picked.able:
            remind(problem=problem, by=request.actor, at=request.at)
    messages.success(request, f"已催办 {len(picked.able)} 件，责任人会收到通知。")
    return _back(request)


class OwnerForm(forms.Form):
    lead = person_field("新的责任人", required=True)
    reason = words("原因", required=True, rows=3, help_text="写清为什么换，原责任人留在办理过程里")


@require_POST
@view(needs=_REOWN)
def reown_many(request: HttpRequest) -> HttpResponse:
    """换责任人: a page asks to whom and why, then all of them change, or none."""
    picked = _sort(_ids(request), "reown", by=request.actor, at=request.at)
    if picked.refused and "only_able" not in request.POST:
        return _ask(request, "换责任人", "problems:bulk-owner", picked)
    form = OwnerForm(request.POST if "reason" in request.POST else None)
    if form.is_valid():
        try:
            _reown_all(picked.able, form, request)
            return _back(request)
        except (Refused, forms.ValidationError) as refused:
            if isinstance(refused, Refused):
                into_form(form, refused)
            else:
                form.add_error("lead", refused)
    units = {problem.unit for problem in picked.able}
    people = [
        line for unit in sorted(units, key=lambda u: u.pk) for line in people_of(unit, local_day(request.at))
    ]
    context = {
        "form": form,
        "picked": picked,
        "people": list(dict.fromkeys(people)),
        "next": request.POST.get("next", ""),
    }
    status = 422 if form.errors else 200
    return render(request, "problems/bulk_owner.html", context | {"page_title": "换责任人"}, status=status)


def _reown_all(problems: list[Problem], form: OwnerForm, request: HttpRequest) -> None:
    """In one transaction. The new owner must belong to the unit of each problem."""
    with transaction.atomic():
        for problem in problems:
            lead = find_person(form.cleaned_data["lead"], day=local_day(request.at), unit=problem.unit)
            reown(
                problem=problem,
                lead=lead,
                reason=form.cleaned_data["reason"],
                by=request.actor,
                at=request.at,
            )
    messages.success(request, f"{len(problems)} 件已换责任人。")


@require_POST
@view(needs=Permission.EXPORT)
def export_many(request: HttpRequest) -> HttpResponse:
    """导出所选, with the columns of the page."""
    query = request.POST.get("next", "").partition("?")[2]
    ask_export(layout="page", query=query, picked=_ids(request), by=request.actor, at=request.at)
    messages.info(request, "正在导出所选，可以离开本页，30 天内都能回来取。")
    return redirect(reverse("problems:exports"))


def _ask(request: HttpRequest, label: str, url_name: str, picked: Picked) -> HttpResponse:
    """Some cannot: nothing was done; say which and why, and offer to do the others."""
    context = {
        "label": label,
        "url": reverse(url_name),
        "picked": picked,
        "next": request.POST.get("next", ""),
        "page_title": f"有 {len(picked.refused)} 件不能{label}，一件也没有办",
    }
    return render(request, "problems/bulk_refused.html", context, status=403)
