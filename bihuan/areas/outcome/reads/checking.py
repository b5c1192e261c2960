"""What a check team of the upper level sees of the tasks it was opened, and what the office sees of the visit."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from bihuan.areas.inspection.models import Task
from bihuan.areas.outcome import states, words
from bihuan.areas.outcome.models import CheckVerdict, CheckVisit, Feedback, FeedbackItem
from bihuan.kernel.actor import Actor
from bihuan.org.models import Grant, Person
from bihuan.org.roles import VISITORS
from bihuan.problems.models import Problem
from bihuan.record.models import Event
from bihuan.registry import shelf

from .lists import Line, lines_of
from .standing import orgs_over

#: the trail shows so many, the newest first
MOST_READ = 200


def visits_of_office(actor: Actor) -> QuerySet[CheckVisit]:
    """All but those that look at an organisation they belong to."""
    if not (actor.may(states.PLAN) or actor.may(states.DECIDE)):
        return CheckVisit.objects.none()
    return CheckVisit.objects.exclude(tasks__org__in=orgs_over(actor))


def visits_open_to(actor: Actor, day: date) -> QuerySet[CheckVisit]:
    """Those this person meets on this day: the office all, a member of a check theirs, while it runs."""
    mine = CheckVisit.objects.of_member(actor, day)
    return CheckVisit.objects.filter(
        Q(pk__in=visits_of_office(actor).values("pk")) | Q(pk__in=mine.values("pk"))
    )


def checkable_tasks(actor: Actor) -> QuerySet[Task]:
    """Tasks whose feedback is in the loop: there is a rectification to look at."""
    ready = Feedback.objects.filter(raised_at__isnull=False).values("task")
    return Task.objects.filter(pk__in=ready).exclude(org__in=orgs_over(actor))


def visitors_on(day: date) -> QuerySet[Person]:
    """People from outside whom the security administrator granted the role."""
    held = Grant.objects.standing(day).filter(role__in=VISITORS).values("person")
    return Person.objects.filter(pk__in=held).here_on(day)


@dataclass(frozen=True, slots=True)
class Checked:
    """The problems of one task as a check sees them. `hidden` are kept to a closed circle: not even their number shows."""

    task: Task
    feedback: Feedback
    lines: list[Line]
    hidden: int


def checked_of(task: Task, numbers: Collection[str] = ()) -> Checked:
    """Two queries. `numbers` narrow it to a selection."""
    feedback = Feedback.objects.defer("sealed").get(task=task, raised_at__isnull=False)
    feedback.task = task
    raised = [line for line in lines_of(feedback) if line.problem is not None]
    seen = [line for line in raised if line.problem.secrecy == "normal"]
    shown = [line for line in seen if not numbers or line.problem.number in numbers]
    return Checked(task, feedback, shown, len(raised) - len(seen))


def problem_in(visit: CheckVisit, number: str) -> tuple[Task, Problem] | None:
    """A problem that stands on one of the visit's lists. Two queries."""
    if "\x00" in number or len(number) > 40:
        return None
    items = FeedbackItem.objects.defer("sealed").filter(
        feedback__task__in=visit.tasks.all(), problem__number=number, problem__secrecy="normal"
    )
    found = items.select_related(
        "problem__unit", "problem__lead", "feedback__task__org", "feedback__task__round"
    ).first()
    return (found.feedback.task, found.problem) if found else None


def verdicts_of(visit: CheckVisit) -> dict[int, CheckVerdict]:
    rows = CheckVerdict.objects.filter(visit=visit).select_related("said_by", "settled_by", "problem")
    return {one.problem_id: one for one in rows.order_by("pk")}


def counts_of(visit: CheckVisit) -> list[tuple[str, int]]:
    """(conclusion, how many), in the order of the words."""
    rows = CheckVerdict.objects.filter(visit=visit).values_list("verdict").order_by()
    found = dict(rows.annotate(n=Count("pk")))
    return [(label, found.get(code, 0)) for code, label in words.CHECK_VERDICTS]


@dataclass(frozen=True, slots=True)
class Reading:
    """One line of the trail: who opened what, when."""

    event: Event
    who: str
    page: str
    about: str


def trail_of(visit: CheckVisit) -> tuple[list[Reading], int]:
    """(the newest of it, how many in all). Three queries."""
    rows = Event.objects.filter(stream=visit.stream, kind__in=("outcome.check_read", "outcome.pack_fetched"))
    newest = list(rows.order_by("-seq")[:MOST_READ])
    names = shelf.names({event.by_id for event in newest if event.by_id})
    return [_reading(event, names) for event in newest], rows.count()


def _reading(event: Event, names: Any) -> Reading:
    page = words.PAGES.get(event.data.get("page", "pack"), "")
    about = "，".join(str(event.data[key]) for key in ("number", "name") if event.data.get(key))
    return Reading(event, names.get(event.by_id or 0, ""), page, about)


def waiting_verdicts(actor: Actor) -> QuerySet[CheckVerdict]:
    """The office's: a check said no, and nobody has said what comes of it."""
    if not actor.may(states.PLAN):
        return CheckVerdict.objects.none()
    rows = CheckVerdict.objects.filter(verdict=words.FALSE, settled_at=None)
    return rows.exclude(visit__tasks__org__in=orgs_over(actor))
