"""等别人办的: what this person handed in, asked for or handed down, and whom it waits for since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import (
    Case,
    CharField,
    DateTimeField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.urls import reverse

from bihuan.desk import words
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import day_start, local_day
from bihuan.problems import states
from bihuan.problems.models import Assignment, Extension, Plan, Problem, Transfer, Verification, Voiding
from bihuan.record.models import Event

MOST = 8
#: from so many days on the wait itself is a thing to look at
LONG_DAYS = 5


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line; `days` since it was handed over; `remind_url` is empty where urging is not this person's."""

    verb: str
    text: str
    who: str
    days: int
    url: str
    remind_url: str = ""
    reminded: bool = False

    @property
    def long(self) -> bool:
        return self.days >= LONG_DAYS


@dataclass(frozen=True, slots=True)
class WaitingList:
    lines: list[Waiting]
    total: int

    @property
    def more(self) -> int:
        return self.total - len(self.lines)


def _asked(rows: type, me: int | None, **open_ones: object) -> QuerySet:
    return rows.objects.filter(problem=OuterRef("pk"), done_by_id=me, **open_ones).order_by("-id")


def _rules(actor: Actor) -> list[tuple[str, Q, object]]:
    """(what is waited for, condition, since when)."""
    me = actor.person_id
    requests = [
        ("extension", Q(), _asked(Extension, me, granted=None)),
        ("transfer", Q(), _asked(Transfer, me, accepted=None)),
        ("void", Q(), _asked(Voiding, me, granted=None)),
        ("approve", Q(closure=states.PLAN_REVIEW), _asked(Plan, me, verdict="")),
        ("accept", Q(closure=states.ASSIGNED), _asked(Assignment, me)),
        ("plan", Q(closure=states.PLANNING), _asked(Assignment, me)),
        ("again", Q(closure=states.RECTIFYING),
         _asked(Verification, me, passed=False).filter(round=OuterRef("round") - 1)),
    ]  # fmt: skip
    own = Q(lead_id=me)
    rules: list[tuple[str, Q, object]] = [
        ("verify", Q(closure=states.VERIFYING, submitted_by_id=me), F("submitted_at"))
    ]
    for name, where, rows in requests:
        mine = where & Q(Exists(rows))
        rules.append(
            (
                name,
                mine & ~own if name in ("accept", "plan", "again") else mine,
                Subquery(rows.values("done_at")[:1]),
            )
        )
    if not actor.may("problem.assign"):
        rules.append(("assign", Q(closure=states.RAISED, raised_by_id=me), F("raised_at")))
    return rules


def waiting_list(actor: Actor, at: datetime) -> WaitingList:
    """Three queries: the count, the lines that wait longest, who was urged today."""
    rules = _rules(actor)
    kind = Case(
        *(When(rule, then=Value(name)) for name, rule, _ in rules),
        default=Value(""),
        output_field=CharField(),
    )
    since = Case(
        *(When(kind=name, then=when) for name, _, when in rules), default=None, output_field=DateTimeField()
    )
    rows = Problem.objects.visible_to(actor).open().annotate(kind=kind).exclude(kind="")
    total = rows.count()
    if not total:
        return WaitingList([], 0)
    found = list(
        rows.annotate(since=since).select_related("unit", "lead", "supervisor").order_by("since", "id")[:MOST]
    )
    urged = _urged(found, at)
    return WaitingList([_line(row, actor, at, urged) for row in found], total)


def _urged(rows: list[Problem], at: datetime) -> set[str]:
    today = Event.objects.filter(
        kind="problem.reminded",
        stream__in=[row.stream for row in rows],
        recorded_at__gte=day_start(local_day(at)),
    )
    return set(today.values_list("stream", flat=True))


def _line(problem: Problem, actor: Actor, at: datetime, urged: set[str]) -> Waiting:
    unit_side = problem.kind in ("accept", "plan", "again")
    may = (
        unit_side and problem.lead_id is not None and actor.may_in("problem.assign", problem.unit.path or "")
    )
    supervisor = problem.supervisor.shown if problem.supervisor else ""
    lead = problem.lead.name if problem.lead else ""
    return Waiting(
        verb=words.WAITING[problem.kind],
        text=problem.open_words,
        who=f"{problem.unit.shown} {lead}".strip() if unit_side else supervisor,
        days=(local_day(at) - local_day(problem.since)).days,
        url=reverse("problems:page", args=[problem.number]),
        remind_url=reverse("problems:reminder", args=[problem.number]) if may else "",
        reminded=problem.stream in urged,
    )
