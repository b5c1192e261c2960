"""The tree of units, and the page of one."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from bihuan.kernel.moment import local_day
from bihuan.org.models import Unit
from bihuan.org.policies import may_manage_org
from bihuan.org.reads import branch_of, hanging_on, tree_as_of, unit_card
from bihuan.ui.access import SIGNED_IN, view

from .tree import tree_html


@view(needs=SIGNED_IN)
def home(request: HttpRequest) -> HttpResponse:
    root = Unit.objects.filter(parent=None).first()
    if root is None:
        raise Http404
    return _page(request, root)


@view(needs=SIGNED_IN)
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, get_object_or_404(Unit.objects.select_related("parent", "merged_into"), pk=pk))


def _page(request: HttpRequest, unit: Unit) -> HttpResponse:
    day = local_day(request.at)
    verdict = may_manage_org(request.actor, unit.path or "")
    above = {u.pk: u for u in Unit.objects.filter(pk__in=unit.ancestor_ids[:-1])}
    page = {
        "unit": unit,
        "open": unit.is_open(day),
        "above": [above[pk] for pk in unit.ancestor_ids[:-1] if pk in above],
        "tree": branch_of(unit, day),
        "card": unit_card(unit, day),
        "verdict": verdict,
        "hanging": hanging_on(unit, day=day, at=request.at) if verdict else [],
    }
    return render(request, "org/unit.html", page)


@view(needs=SIGNED_IN)
def as_of(request: HttpRequest) -> HttpResponse:
    """The tree as it was on a day."""
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        day = local_day(request.at)
    tree = tree_html(tree_as_of(day), "org:unit")
    return render(request, "org/as_of.html", {"day": day, "tree": tree, "today": local_day(request.at)})
