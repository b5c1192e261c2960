"""The problem an address names, or 404: what one may not see does not exist, and seeing leaves a mark."""

from __future__ import annotations

from datetime import timedelta

from django.http import Http404, HttpRequest

from bihuan.kernel.refused import Stale
from bihuan.problems.actions.note_read import note_read
from bihuan.problems.models import Problem
from bihuan.problems.reads import has_read, seen_problem
from bihuan.ui.access import confidential

READ_LATELY = timedelta(days=1)


def problem_for(request: HttpRequest, number: str, via: str = "page") -> Problem:
    """The problem with this number as this reader may see it. One query; raises Http404.

    Whoever reads a restricted one is written down, whether the page, a form or a file is asked for; the small
    pictures of a page are part of it. A form that is sent leaves no mark of its own: who sends one without having
    opened the problem is led to open it first.
    """
    found = seen_problem(number, by=request.actor)
    if found is None:
        raise Http404
    if found.secrecy != "normal":
        confidential(request)
    if request.method in ("GET", "HEAD") and via:
        note_read(problems=[found], by=request.actor, at=request.at, via=via)
    elif via and not has_read(problem=found, by=request.actor, since=request.at - READ_LATELY):
        raise Stale("这件问题限知悉，要先打开才能办", "打开问题页，再办这一步")
    return found
