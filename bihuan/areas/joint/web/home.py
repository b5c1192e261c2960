"""大监督: the door to the joint tasks, the matrix and the own department."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bihuan.areas.joint.access import sees_all, stands_for
from bihuan.areas.joint.models import JointTask
from bihuan.areas.joint.policies import may_plan
from bihuan.org.models import Unit
from bihuan.ui.access import view

from .finding import COMERS


@require_safe
@view(needs=COMERS)
def home(request: HttpRequest) -> HttpResponse:
    """Whoever stands for one department and sees nothing else goes straight to its page."""
    actor, own = request.actor, stands_for(request.actor)
    if len(own) == 1 and not sees_all(actor):
        return HttpResponseRedirect(reverse("joint:department", args=[*own]))
    rows = JointTask.objects.visible_to(actor).select_related("task__org", "task__round").order_by("-pk")
    context = {
        "page_title": "大监督",
        "joints": rows.prefetch_related("parts")[:10],
        "total": rows.count(),
        "departments": Unit.objects.filter(pk__in=own).order_by("order", "pk"),
        "may_plan": may_plan(actor),
    }
    return render(request, "joint/home.html", context)
