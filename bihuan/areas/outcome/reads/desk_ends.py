"""What stands on a desk at the two ends of a round: the archive, for the office; the publication, for the inspected."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse

from bihuan.areas.inspection import states as rounds
from bihuan.areas.inspection.models import Round, Task
from bihuan.areas.outcome import states, words
from bihuan.areas.outcome.models import Exemption, Feedback, RectificationReport
from bihuan.kernel.actor import Actor
from bihuan.publication.models import Publication
from bihuan.registry.lines import DeskLine

from .mine import feedbacks_of
from .publishing import PREFIX


def _to_archive(actor: Actor) -> QuerySet[Round]:
    """Rounds that every team has left and whose feedback has gone into the loop: no text waits for a team any more."""
    if not (actor.is_person and actor.may(states.PLAN)):
        return Round.objects.none()
    raised = Feedback.objects.filter(task=OuterRef("pk"), raised_at__isnull=False)
    owed = Task.objects.entered().filter(~Exists(raised), round=OuterRef("pk"))
    return Round.objects.filter(~Exists(owed), state=rounds.REPORTING)


def _to_publish(actor: Actor) -> QuerySet[Feedback]:
    """Reported, received, every exemption decided, and no text drawn up yet."""
    if not (actor.is_person and actor.may(states.RECTIFY)):
        return Feedback.objects.none()
    received = RectificationReport.objects.filter(
        feedback=OuterRef("pk"), kind="org", received_on__isnull=False
    )
    waiting = Exemption.objects.filter(item__feedback=OuterRef("pk"), granted=None)
    rows = feedbacks_of(actor).annotate(
        place=Concat(Value(PREFIX), Cast("pk", CharField()), output_field=CharField())
    )
    drawn = Publication.objects.filter(origin=OuterRef("place"))
    return rows.filter(~Exists(waiting), ~Exists(drawn), Exists(received))


def end_rows(actor: Actor) -> list[QuerySet]:
    return [_to_archive(actor), _to_publish(actor)]


def end_lines(actor: Actor) -> Iterator[DeskLine]:
    for round in _to_archive(actor).order_by("starts_on", "pk"):
        yield DeskLine(
            words.ARCHIVE, words.to_archive(round.name), reverse("outcome:archive", args=[round.code])
        )
    for feedback in _to_publish(actor).defer("sealed").select_related("task__org").order_by("pk"):
        org = feedback.task.org.shown
        yield DeskLine(
            words.PUBLISH, words.TO_PUBLISH, reverse("outcome:publish", args=[feedback.pk]), None, org
        )
