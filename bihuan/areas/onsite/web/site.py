"""The stay on site an address of the daily work names, or 404: with as what the reader stands towards it."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from bihuan.areas.inspection.models import Task
from bihuan.areas.onsite.access import Hat, Standing
from bihuan.areas.onsite.reads.team import team_members
from bihuan.org.models import Person

from .finding import CRUMB, Here, here

#: who works with the ledgers, or keeps an eye on them
INSIDE = frozenset({Hat.MEMBER, Hat.LEADER, Hat.OFFICE})
#: and who hears a mid-term report
ABOVE = INSIDE | {Hat.LEADING, Hat.HEAD}


def site_for(request: HttpRequest, pk: int, hats: frozenset[Hat] = INSIDE) -> Here:
    found = here(request, pk)
    if not found.standing.hats & hats:
        raise Http404
    return found


def thing_for(
    request: HttpRequest, model: type[Model], pk: int, *more: str, hats: frozenset[Hat] = INSIDE
) -> tuple[Any, Standing]:
    """One row of a task; listed for this reader, or there is no such thing. `more` is followed with it."""
    row = get_object_or_404(model._default_manager.only("task_id"), pk=pk)
    at = site_for(request, row.task_id, hats)  # type: ignore[attr-defined]
    listed = model._default_manager.listed_for(at.standing)  # type: ignore[attr-defined]
    found = get_object_or_404(listed.select_related(*more), pk=pk)
    found.task = at.task
    return found, at.standing


def people_of(task: Task) -> list[Person]:
    return [member.person for member in team_members(task)]


def crumbs_of(task: Task, *more: tuple[str, str]) -> list[tuple[str, str]]:
    return [CRUMB, (str(task), reverse("onsite:task", args=[task.pk])), *more]


def list_of(name: str, task: Task) -> str:
    return reverse(f"onsite:{name}", args=[task.pk])
