"""The tasks on whose pages this person has something to see, and one of them as a whole."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bihuan.areas.onsite import states
from bihuan.areas.onsite.reads import standing_of, tasks_of
from bihuan.areas.onsite.reads.progress import progress_of
from bihuan.areas.onsite.reads.team import team_members
from bihuan.kernel.moment import local_day
from bihuan.ui.access import SIGNED_IN, view

from .finding import frame, here


@require_safe
@view(needs=SIGNED_IN)
def home(request: HttpRequest) -> HttpResponse:
    day = local_day(request.at)
    rows = tasks_of(request.actor).select_related("round", "org", "given__team")
    tasks = list(rows.order_by("-round__starts_on", "-entered_on", "org__order", "pk"))
    tasks = [task for task in tasks if standing_of(task, request.actor, day).hats]
    if not tasks:
        raise Http404
    progress = progress_of(tasks, day)
    context = {
        "page_title": "进驻",
        "office": request.actor.may(states.PLAN),
        "rounds": list(dict.fromkeys(one.round for one in tasks))[:3],
        "now": [(one, progress[one.pk].days, progress[one.pk]) for one in tasks if one.left_on is None],
        "over": [(one, progress[one.pk]) for one in tasks if one.left_on is not None],
    }
    return render(request, "onsite/home.html", context)


@require_safe
@view(needs=SIGNED_IN)
def task(request: HttpRequest, pk: int) -> HttpResponse:
    found = here(request, pk)
    day = local_day(request.at)
    context = frame(
        found,
        "onsite:task",
        page_title=str(found.task),
        members=team_members(found.task),
        progress=progress_of([found.task], day)[found.task.pk],
        day=day,
    )
    return render(request, "onsite/task.html", context)
