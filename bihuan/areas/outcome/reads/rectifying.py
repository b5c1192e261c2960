"""Whose rectification somebody may follow: the feedbacks whose plan and reports they meet."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from bihuan.areas.inspection import states as rounds
from bihuan.areas.onsite.reads import in_team
from bihuan.areas.outcome import states
from bihuan.areas.outcome.models import Feedback, PlanReview
from bihuan.kernel.actor import Actor

from .standing import departments_of, orgs_over

_ALL = (states.PLAN, states.DECIDE, states.HEAD, states.DISCIPLINE, states.PERSONNEL)


def feedbacks_open_to(actor: Actor) -> QuerySet[Feedback]:
    """Received ones. Of an organisation they belong to alone where they rectify for it; else by grant, by team until the
    archive, or because their department was asked to review the plan."""
    own = orgs_over(actor)
    found = Q(pk__isnull=False) if any(actor.may(one) for one in _ALL) else _by_part(actor)
    found &= ~Q(task__org__in=own)
    if actor.may(states.RECTIFY):
        found |= Q(task__org__in=own)
    return Feedback.objects.received().filter(found)


def _by_part(actor: Actor) -> Q:
    found = Q(in_team(actor, task="task")) & ~Q(task__round__state=rounds.ARCHIVED)
    departments = departments_of(actor)
    if departments:
        asked = PlanReview.objects.filter(edition__plan__feedback=OuterRef("pk"), unit__in=departments)
        found |= Q(Exists(asked))
    return found
