"""What stands on a desk because of complaints and clues: numbers and states, nothing of what they say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q, QuerySet
from django.urls import reverse

from bihuan.areas.inspection import states as rounds
from bihuan.areas.inspection.models import Task
from bihuan.areas.onsite import states, words
from bihuan.areas.onsite.models import Clue, Complaint, Submission
from bihuan.kernel.actor import Actor
from bihuan.registry.lines import DeskLine

from .standing import in_team


def _led_by(actor: Actor) -> Q:
    """Rows of tasks whose team this person leads, until the archive."""
    return Q(in_team(actor, "leader", task="task_id")) & ~Q(task__round__state=rounds.ARCHIVED)


def _complaints(actor: Actor) -> QuerySet[Complaint]:
    """To decide by the leader, to close by the handler."""
    me = actor.person_id or 0
    decide = Q(state=states.REGISTERED) & _led_by(actor)
    close = Q(in_team(actor, task="task_id"), state=states.DECIDED, handler_id=me)
    return Complaint.objects.filter(decide | close & ~Q(task__round__state=rounds.ARCHIVED))


def _clues(actor: Actor) -> QuerySet[Clue]:
    """The next step is this person's: leader, registrar, the body it was handed to, its handler."""
    me = actor.person_id or 0
    found = Q(state=states.NOTED) & _led_by(actor) & ~Q(noted_by_id=me)
    if actor.may(states.REGISTER):
        found |= Q(state__in=(states.CONFIRMED, states.REPORTED))
    for body, permission in (("discipline", states.DISCIPLINE), ("personnel", states.PERSONNEL)):
        if actor.may(permission):
            found |= Q(state=states.TRANSFERRED, body=body)
    return Clue.objects.filter(found | Q(state__in=(states.RECEIVED, states.DISPOSED), handler_id=me))


def _new(actor: Actor) -> QuerySet[Task]:
    """Tasks this person leads where something came by the public page."""
    waits = Submission.objects.filter(_led_by(actor)).values("task").distinct()
    return Task.objects.filter(pk__in=waits)


def complaint_rows(actor: Actor) -> list[QuerySet]:
    return [_complaints(actor), _clues(actor), _new(actor)]


def complaint_lines(actor: Actor, at: datetime) -> Iterator[DeskLine]:
    """Three queries."""
    for task in _new(actor).select_related("round", "org").order_by("pk"):
        yield DeskLine(words.TAKE_IN, words.new_come(str(task)), reverse("onsite:complaints", args=[task.pk]))
    for one in _complaints(actor).select_related("task__org").order_by("task", "number"):
        what = words.DECIDE_COMPLAINT if one.state == states.REGISTERED else words.CLOSE_COMPLAINT
        yield DeskLine(what, f"{one.task} {one}", reverse("onsite:complaint", args=[one.pk]))
    for clue in _clues(actor).select_related("task__org").order_by("task", "number"):
        step = words.CLUE_NEXT[clue.state]
        yield DeskLine(step, f"{clue.task} {clue}", reverse("onsite:clue", args=[clue.pk]), clue.due_on)
