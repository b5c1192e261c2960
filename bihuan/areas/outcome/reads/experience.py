"""Shared experience: what is offered to whoever has the same kind of problem, and whose names must not be in it."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from bihuan.areas.outcome import states
from bihuan.areas.outcome.models import (
    Evaluation,
    Exemption,
    Experience,
    Feedback,
    FeedbackItem,
    RectificationPlan,
)
from bihuan.kernel.actor import Actor
from bihuan.org.models import Person
from bihuan.problems import states as loop
from bihuan.problems.models import Part

from .inside import units_of
from .standing import orgs_over

#: beside a plan stand so many, the newest first
MOST_OFFERED = 5
#: a shorter name is looked for only where its bearer had a part: two characters are a word too often
LONG_NAME = 3


def offered_to(feedback: Feedback) -> QuerySet[Experience]:
    """Shared ones of the kinds of problem this feedback has, from elsewhere."""
    kinds = feedback.items.filter(kind="problem").values("category")
    rows = Experience.objects.shared().filter(category__in=kinds)
    return (
        rows.exclude(item__feedback__task__org=feedback.task.org_id)
        .select_related("unit")
        .order_by("-shared_at", "-pk")
    )


def to_decide(actor: Actor) -> QuerySet[Experience]:
    """Suggested by others than this person; the office's to decide."""
    if not actor.may(states.PLAN):
        return Experience.objects.none()
    rows = Experience.objects.waiting().exclude(made_by=actor.person_id or 0)
    return rows.exclude(item__feedback__task__org__in=orgs_over(actor))


def candidates(feedback: Feedback) -> QuerySet[FeedbackItem]:
    """Problems of it that are verified and closed, known to everybody who may, and not exempt from publication."""
    hidden = Exemption.objects.filter(item__feedback=feedback).exclude(granted=False).values("item")
    rows = feedback.items.defer("sealed").filter(
        kind="problem",
        problem__closure__in=loop.DONE_WITH,
        problem__closed_by__isnull=False,
        problem__secrecy="normal",
    )
    return rows.exclude(pk__in=hidden).select_related("problem").order_by("order")


def is_evaluated(feedback: Feedback) -> bool:
    return Evaluation.objects.filter(feedback=feedback, approved_on__isnull=False).exists()


def named_in(texts: Iterable[str], item: FeedbackItem) -> str:
    """The name of somebody of the organisation, or of somebody who had a part, that stands in the texts; empty if none."""
    whole = "\n".join(texts)
    task, problem = item.feedback.task, item.problem
    ids = set(Part.objects.filter(problem=problem).values_list("person", flat=True))
    ids |= set(problem.measures.values_list("owner", flat=True)) | {problem.lead_id, problem.closed_by_id}
    plan = RectificationPlan.objects.filter(feedback=item.feedback).first()
    if plan is not None:
        ids |= {plan.head_id, *plan.leaders.values_list("pk", flat=True)}
    people = Person.objects.filter(Q(pk__in=ids - {None}) | Q(unit__in=units_of(task).values("pk")))
    for pk, name in people.order_by("pk").values_list("pk", "name"):
        if name in whole and (pk in ids or len(name) >= LONG_NAME):
            return name
    return ""
