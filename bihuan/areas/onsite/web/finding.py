"""The task an address names, as this person stands towards it, or 404: what one may not see does not exist."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from bihuan.areas.inspection.models import Task
from bihuan.areas.onsite.access import Data, Hat, Standing
from bihuan.areas.onsite.models import Clue, Complaint, Draft, Talk
from bihuan.areas.onsite.reads import standing_of, tasks_of
from bihuan.kernel.moment import local_day
from bihuan.ui.access import confidential

CRUMB = ("进驻", "/onsite/")
#: label, name of the address, what it lists
TABS: tuple[tuple[str, str, Data | None], ...] = (
    ("总览", "onsite:task", None),
    ("谈话", "onsite:talks", Data.TALK),
    ("底稿", "onsite:drafts", Data.DRAFT),
    ("信访", "onsite:complaints", Data.COMPLAINT),
    ("线索", "onsite:clues", Data.CLUE),
    # the ledgers of the daily work are for whom its closed part is listed
    ("调阅", "onsite:documents", Data.VISIT),
    ("协助和督促", "onsite:asks", Data.ASK),
    ("立行立改", "onsite:immediates", Data.VISIT),
    ("下沉", "onsite:visits", Data.VISIT),
    ("宣讲", "onsite:outreaches", Data.VISIT),
    ("中期汇报", "onsite:midterms", Data.MIDTERM),
    ("日志", "onsite:days", Data.DAYLOG),
)
Thing = Talk | Complaint | Draft | Clue


@dataclass(frozen=True, slots=True)
class Here:
    """A task and as what the reader stands towards it."""

    task: Task
    standing: Standing

    @property
    def is_team(self) -> bool:
        return bool(self.standing.hats & {Hat.MEMBER, Hat.LEADER})

    def sees(self, data: Data | None) -> bool:
        return data is None or bool(self.standing.reaches(data))


def here(request: HttpRequest, pk: int, data: Data | None = None) -> Here:
    """Raises Http404 where the person has nothing to see of this task, or nothing of this kind. What it shows stays in no
    cache."""
    seen = tasks_of(request.actor).select_related(
        "round__plan__term", "round__rule_pack", "org", "framework", "given__team"
    )
    task = get_object_or_404(seen, pk=pk)
    standing = standing_of(task, request.actor, local_day(request.at))
    if not any(standing.reaches(one) for one in Data) or (data and not standing.reaches(data)):
        raise Http404
    confidential(request)
    return Here(task, standing)


def thing_for(request: HttpRequest, model: type[Any], pk: int) -> tuple[Here, Any]:
    """One closed row with its task; at least its number and day may be seen."""
    row = get_object_or_404(model.objects.only("task_id"), pk=pk)
    found = here(request, row.task_id, model.DATA)
    thing = get_object_or_404(model.objects.listed_for(found.standing), pk=pk)
    thing.task = found.task
    return found, thing


def frame(found: Here, active: str, **more: Any) -> dict[str, Any]:
    """What every page of a task shows: its tabs, its crumbs, who may see this."""
    return {
        "here": found,
        "task": found.task,
        "standing": found.standing,
        "tabs": [
            (label, reverse(name, args=[found.task.pk]), name == active)
            for label, name, data in TABS
            if found.sees(data)
        ],
        "crumbs": [CRUMB, (str(found.task), reverse("onsite:task", args=[found.task.pk]))],
        **more,
    }


def crumbs(found: Here, *more: tuple[str, str]) -> list[tuple[str, str]]:
    return [CRUMB, (str(found.task), reverse("onsite:task", args=[found.task.pk])), *more]


def readable_pks(found: Here, model: type[Any]) -> set[int]:
    """Ids of the rows of this task whose words this person may open: one query."""
    return set(model.objects.readable_by(found.standing).values_list("pk", flat=True))


def plain(request: HttpRequest) -> forms.Form:
    """A form that asks nothing but to be sent."""
    return forms.Form(request.POST if request.method == "POST" else None)


def hands(found: Here, request: HttpRequest) -> dict[str, Any]:
    """`standing`, `by` and `at`, as every action of this room takes them."""
    return {"standing": found.standing, "by": request.actor, "at": request.at}
