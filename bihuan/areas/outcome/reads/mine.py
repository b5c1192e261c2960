"""What the inspected organisation sees of what comes of its inspection: its feedback, its problems, what is due next."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from bihuan.areas.outcome import states
from bihuan.areas.outcome.models import ClockDay, Feedback
from bihuan.kernel.actor import Actor
from bihuan.org.models import PartyLink, Unit
from bihuan.problems.models import Problem

from .clock import CONCENTRATED, clock_of
from .clock_days import kept_days

#: what the organisation itself hands in, in the order in which it is due
HANDED_IN = ("plan", "meeting", "concentrated", "progress")


@dataclass(slots=True)
class Own:
    """One feedback of the person's own organisation. The problems are counted as they stand in the loop."""

    feedback: Feedback
    days: list[ClockDay] = field(default_factory=list)
    total: int = 0
    closed: int = 0
    late: int = 0

    def next_day(self, day: date) -> ClockDay | None:
        """What is to be handed in next: what is owed stays first when its day is over, what was done is left out."""
        owed = [
            one.day
            for one in kept_days(self.feedback, self.days, day)
            if one.day.code in HANDED_IN
            and not one.done_on
            and (one.day.code != CONCENTRATED or one.day.latest_on >= day)
        ]
        return min(owed, key=lambda one: (one.due_on, one.order), default=None)


def orgs_of(actor: Actor) -> QuerySet:
    """Organisations for whose rectification this person answers: they work in a unit it covers, and rectify for it."""
    reaches = actor.reaches_for(states.RECTIFY)
    links = PartyLink.objects.values("party_org_id")
    if not reaches:
        return links.none()
    return links.filter(unit__in=Unit.objects.in_reach(reaches).filter(pk__in=actor.home_ids))


def feedbacks_of(actor: Actor) -> QuerySet[Feedback]:
    """Given out to those organisations."""
    return Feedback.objects.issued().filter(task__org__in=orgs_of(actor))


def own_of(actor: Actor, day: date) -> list[Own]:
    """Newest first; few: an organisation is inspected once or twice in a term."""
    rows = feedbacks_of(actor).defer("sealed").select_related("task__round", "task__org", "receiver")
    return [_own(row, actor, day) for row in rows.order_by("-meeting_on", "-pk")]


def problems_of(feedback: Feedback, actor: Actor) -> QuerySet[Problem]:
    ids = feedback.items.filter(problem__isnull=False).values("problem_id")
    return Problem.objects.visible_to(actor).live().filter(pk__in=ids)


def _own(feedback: Feedback, actor: Actor, day: date) -> Own:
    late = Q(is_open=True, due_on__lt=day) & ~Q(timing="long_term")
    said = problems_of(feedback, actor).aggregate(
        total=Count(F("pk")), closed=Count("pk", filter=Q(is_open=False)), late=Count("pk", filter=late)
    )
    return Own(feedback, clock_of(feedback), **said)
