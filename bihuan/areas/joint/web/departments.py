"""部门页: exactly what is this department's, for who stands for it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bihuan.areas.joint.access import stands_for
from bihuan.areas.joint.reads import sections_of
from bihuan.org.models import Unit
from bihuan.ui.access import confidential, view

from .finding import COMERS, department_for


@require_safe
@view(needs=COMERS)
def page(request: HttpRequest, pk: int) -> HttpResponse:
    unit = department_for(request, pk)
    confidential(request)
    sections = sections_of(request.actor, unit, request.at)
    context = {
        "page_title": unit.shown,
        "unit": unit,
        "sections": sections,
        "nothing": [section for section in sections if not section.lines],
        "others": Unit.objects.filter(pk__in=stands_for(request.actor) - {pk}).order_by("order", "pk"),
    }
    return render(request, "joint/department.html", context)
