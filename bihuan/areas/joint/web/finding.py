"""The joint task, part or department an address names, or 404."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from bihuan.areas.joint import states
from bihuan.areas.joint.access import stands_for
from bihuan.areas.joint.models import JointPart, JointTask
from bihuan.org.models import Unit

CRUMB = ("大监督", "/joint/")
#: who comes into this room at all; what each sees is asked row by row
COMERS = (states.VIEW, *states.BODIES)


def joint_for(request: HttpRequest, pk: int) -> JointTask:
    seen = JointTask.objects.visible_to(request.actor).select_related("task__round", "task__org", "made_by")
    return get_object_or_404(seen, pk=pk)


def part_for(request: HttpRequest, pk: int, *, readable: bool = False) -> JointPart:
    """A part of a joint task this reader may see; `readable` where its report is asked for."""
    seen = JointPart.objects.filter(joint__in=JointTask.objects.visible_to(request.actor))
    seen = seen.readable_by(request.actor) if readable else seen
    return get_object_or_404(seen.select_related("joint__task__org", "unit", "leader", "file"), pk=pk)


def department_for(request: HttpRequest, pk: int) -> Unit:
    """A department this person stands for; any other does not exist, for the office neither."""
    if pk not in stands_for(request.actor):
        raise Http404
    return get_object_or_404(Unit.objects.exclude(path=None), pk=pk)


def page_of(joint: JointTask) -> str:
    return reverse("joint:task", args=[joint.pk])
