"""Which bodies of a review of a plan somebody speaks for: what `policies.plan.is_reviewer` says of one, asked of all."""

from __future__ import annotations

from django.db.models import F, Q, QuerySet

from bihuan.areas.inspection import states as rounds
from bihuan.areas.onsite.reads import in_team, was_in_team
from bihuan.areas.outcome import states
from bihuan.areas.outcome.models import PlanReview
from bihuan.kernel.actor import Actor

from .standing import departments_of, orgs_over

_TASK = "edition__plan__feedback__task"
_BY_RIGHT = (("discipline", states.DISCIPLINE), ("personnel", states.PERSONNEL), ("office", states.PLAN))


def reviews_of(actor: Actor) -> QuerySet[PlanReview]:
    """Of any edition, said or not. Nobody of the inspected organisation speaks for another body; whoever is of the team
    speaks for the team, or for a department."""
    if not actor.is_person:
        return PlanReview.objects.none()
    bodies = [body for body, right in _BY_RIGHT if actor.may(right)]
    found = Q(body__in=bodies) & ~Q(was_in_team(actor, task=_TASK))
    found |= (
        Q(body="team") & Q(in_team(actor, task=_TASK)) & ~Q(**{f"{_TASK}__round__state": rounds.ARCHIVED})
    )
    found |= Q(body__in=("department", "publicity"), unit__in=departments_of(actor))
    return PlanReview.objects.filter(found).exclude(**{f"{_TASK}__org__in": orgs_over(actor)})


def open_reviews(rows: QuerySet[PlanReview]) -> QuerySet[PlanReview]:
    """Of the edition under review, and nothing said yet."""
    now = Q(edition__plan__state=states.REVIEWING, edition__number=F("edition__plan__edition"))
    return rows.filter(now, verdict="")
