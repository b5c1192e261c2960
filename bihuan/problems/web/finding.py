"""The problem an address names, or 404: what one may not see does not exist."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from bihuan.problems.models import Problem
from bihuan.problems.reads import seen_problem


def problem_for(request: HttpRequest, number: str) -> Problem:
    """The problem with this number as this reader may see it. One query; raises Http404."""
    found = seen_problem(number, by=request.actor)
    if found is None:
        raise Http404
    return found
