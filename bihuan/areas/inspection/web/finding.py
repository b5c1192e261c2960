"""The plan, round or task an address names, or 404: what one may not see does not exist."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from bihuan.areas.inspection.models import Round, Task, Term, YearPlan

CRUMB = ("巡察", "/inspection/")


def term_for(request: HttpRequest, pk: int) -> Term:
    return get_object_or_404(Term.objects.visible_to(request.actor), pk=pk)


def year_for(request: HttpRequest, year: int) -> YearPlan:
    return get_object_or_404(YearPlan.objects.visible_to(request.actor).select_related("term"), year=year)


def round_for(request: HttpRequest, code: str) -> Round:
    seen = Round.objects.visible_to(request.actor).select_related("plan__term", "rule_pack")
    return get_object_or_404(seen, code=code)


def task_for(request: HttpRequest, pk: int) -> Task:
    seen = Task.objects.visible_to(request.actor).select_related("round__plan__term", "org", "framework")
    return get_object_or_404(seen, pk=pk)


def page_of(round: Round) -> str:
    return reverse("inspection:round", args=[round.code])
