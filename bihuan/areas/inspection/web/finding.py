"""The plan, round or task an address names, or 404: what one may not see does not exist."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from bihuan.areas.inspection.models import Member, RecusalCase, Round, Task, Team, Term, YearPlan

CRUMB = ("巡察", "/inspection/")


def term_for(request: HttpRequest, pk: int) -> Term:
    return get_object_or_404(Term.objects.visible_to(request.actor), pk=pk)


def year_for(request: HttpRequest, year: int) -> YearPlan:
    return get_object_or_404(YearPlan.objects.visible_to(request.actor).select_related("term"), year=year)


def round_for(request: HttpRequest, code: str) -> Round:
    seen = Round.objects.visible_to(request.actor).select_related("plan__term", "rule_pack")
    return get_object_or_404(seen, code=code)


def task_for(request: HttpRequest, pk: int) -> Task:
    seen = Task.objects.visible_to(request.actor).select_related(
        "round__plan__term", "round__rule_pack", "org", "framework", "given__team"
    )
    return get_object_or_404(seen, pk=pk)


def team_for(request: HttpRequest, pk: int) -> Team:
    seen = Team.objects.visible_to(request.actor).select_related("round__plan__term", "round__rule_pack")
    return get_object_or_404(seen, pk=pk)


def member_for(request: HttpRequest, pk: int) -> Member:
    seen = Member.objects.visible_to(request.actor).standing()
    return get_object_or_404(seen.select_related("team__round", "round__rule_pack", "person"), pk=pk)


def case_for(request: HttpRequest, pk: int) -> RecusalCase:
    seen = RecusalCase.objects.visible_to(request.actor)
    return get_object_or_404(
        seen.select_related("member__team__round", "member__round", "person", "org"), pk=pk
    )


def page_of(round: Round) -> str:
    return reverse("inspection:round", args=[round.code])
