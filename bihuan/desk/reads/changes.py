"""What others did to this person's problems since they were here last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.urls import reverse

from bihuan.desk import words
from bihuan.kernel.actor import Actor
from bihuan.problems import states
from bihuan.problems.lists.looks import STEP_LOOKS
from bihuan.problems.models import Problem
from bihuan.record.models import Event
from bihuan.registry import shelf

MOST, LOOKED_AT = 10, 300
#: who was never here, or not for long, is shown the last days only
FURTHEST = timedelta(days=7)
_KINDS = tuple(step.event for step in states.STEPS.steps)


@dataclass(frozen=True, slots=True)
class Change:
    """`who` did `what`; the statement follows. `icon` and `tone` as in the rows of the kit."""

    who: str
    what: str
    text: str
    at: datetime
    url: str
    icon: str
    tone: str


@dataclass(frozen=True, slots=True)
class Changes:
    lines: list[Change]
    total: int
    since: datetime


def changes_since(actor: Actor, at: datetime, seen_before: datetime | None) -> Changes:
    """Events come first, by their index on time; of those the ones on problems that are this person's.
    At most three queries."""
    since = max(seen_before or at - FURTHEST, at - FURTHEST)
    events = list(
        Event.objects.since(since).filter(kind__in=_KINDS, recorded_at__lte=at)
        .exclude(by_id=actor.person_id).order_by("-id")[:LOOKED_AT]
    )  # fmt: skip
    ids = {int(event.stream.partition(":")[2]) for event in events}
    me = actor.person_id
    of_department = Q(supervisor_id=actor.unit_id) if actor.unit_id else Q(pk__in=())
    mine = (
        Q(lead_id=me) | Q(raised_by_id=me) | Q(submitted_by_id=me) | Q(measures__owner_id=me) | of_department
    )
    problems = Problem.objects.visible_to(actor).filter(mine, pk__in=ids).select_related("unit")
    known = {problem.stream: problem for problem in problems.distinct()} if ids else {}
    own = [event for event in events if event.stream in known]
    names = shelf.names({event.by_id for event in own[:MOST] if event.by_id})
    lines = [_line(event, known[event.stream], names) for event in own[:MOST]]
    return Changes(lines, len(own), since)


def _line(event: Event, problem: Problem, names: dict[int, str]) -> Change:
    _, tone, icon = STEP_LOOKS.get(event.kind.partition(".")[2], ("", "calm", "point"))
    return Change(
        who=names.get(event.by_id, "") if event.by_id else words.SYSTEM,
        what=shelf.event_words().get(event.kind, event.kind),
        text=f"{problem.unit.shown}，{problem.open_words}",
        at=event.recorded_at,
        url=reverse("problems:page", args=[problem.number]),
        icon=icon,
        tone="" if tone == "calm" else tone,
    )
