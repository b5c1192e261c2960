"""What stands on a desk because of joint supervision: a report of one's own body, a task every body has reported to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse

from bihuan.areas.joint import states, words
from bihuan.areas.joint.models import JointPart, JointTask
from bihuan.kernel.actor import Actor
from bihuan.registry.lines import DeskLine


def _owed(actor: Actor) -> QuerySet[JointPart]:
    return JointPart.objects.own_of(actor).owed()


def _to_close(actor: Actor) -> QuerySet[JointTask]:
    return JointTask.objects.to_close() if actor.may(states.PLAN) else JointTask.objects.none()


def desk_rows(actor: Actor) -> list[QuerySet]:
    return [_owed(actor), _to_close(actor)]


def desk_lines(actor: Actor, at: datetime) -> Iterator[DeskLine]:
    """Two queries at most."""
    for part in _owed(actor).select_related("joint", "unit").order_by("due_on", "pk"):
        text, url = words.part_of(part.joint.title, part.looks_into), reverse("joint:report", args=[part.pk])
        yield DeskLine(words.REPORT, text, url, part.due_on, part.unit.shown)
    for joint in _to_close(actor).order_by("pk") if actor.may(states.PLAN) else ():
        yield DeskLine(words.CLOSE, joint.title, reverse("joint:task", args=[joint.pk]))
