"""On a desk because of visits of the upper level and of experience: what the office answers and decides, what a check looks at."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse

from bihuan.areas.outcome import states, words
from bihuan.areas.outcome.models import CheckVisit
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.registry.contract import DeskLine

from .checking import waiting_verdicts
from .experience import to_decide


def sharing_rows(actor: Actor) -> list[QuerySet]:
    """What waits for this person; a visit that runs is something to look at and nothing to be done with."""
    return [waiting_verdicts(actor), to_decide(actor)]


def sharing_lines(actor: Actor, at: datetime) -> Iterator[DeskLine]:
    for row in waiting_verdicts(actor).select_related("visit", "problem").order_by("pk"):
        text = words.found_false(row.visit.body, row.problem.number)
        yield DeskLine(
            words.SETTLE_IT, text, reverse("outcome:check-settle", args=[row.visit_id, row.problem.number])
        )
    for one in to_decide(actor).select_related("unit").order_by("pk"):
        yield DeskLine(
            words.APPROVE_IT,
            words.waits_sharing(one.unit.shown),
            reverse("outcome:experience", args=[one.pk]),
        )
    if not actor.may(states.CHECK):
        return
    for visit in (
        CheckVisit.objects.of_member(actor, local_day(at)).prefetch_related("tasks__org").order_by("pk")
    ):
        orgs = "、".join(task.org.shown for task in visit.tasks.all())
        text = words.visit_of(visit.body, orgs)
        yield DeskLine(words.OPEN_IT, text, reverse("outcome:check", args=[visit.pk]), due=visit.until_on)
