"""等别人办的: what this person handed in, asked for or handed down, and whom it waits for since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Value
from django.urls import reverse

from bihuan.desk import words
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import day_start, local_day
from bihuan.problems import states
from bihuan.problems.models import Assignment, Extension, Plan, Problem, Transfer, Verification, Voiding
from bihuan.problems.querysets import sees_all
from bihuan.record.models import Event
from bihuan.record.statements import Statement, found_by, words_of
from bihuan.registry.lines import WaitLine

from .rooms import room_waits

MOST = 8
#: what may be waited for; where several hold, the first is shown
KINDS = ("verify", "extension", "transfer", "void", "approve", "accept", "plan", "again", "assign")
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


@lru_cache(maxsize=1024)
def _asking(actor: Actor) -> Statement | None:
    """(problem, place of the kind among KINDS, since when) of everything that waits for somebody else. One stretch of
    an index for each kind; a problem may come in several."""
    me, seen = actor.person_id, Problem.objects.visible_to(actor)
    may_see = Q() if sees_all(actor) else Q(Exists(seen.filter(pk=OuterRef("problem_id"))))
    own = Q(problem__lead_id=me)
    before = Q(round=F("problem__round") - 1)
    asked = [
        ("extension", Extension.objects.filter(granted=None)),
        ("transfer", Transfer.objects.filter(accepted=None)),
        ("void", Voiding.objects.filter(granted=None)),
        ("approve", Plan.objects.filter(problem__closure=states.PLAN_REVIEW, verdict="")),
        ("accept", Assignment.objects.filter(~own, problem__closure=states.ASSIGNED)),
        ("plan", Assignment.objects.filter(~own, problem__closure=states.PLANNING)),
        (
            "again",
            Verification.objects.filter(~own, before, problem__closure=states.RECTIFYING, passed=False),
        ),
    ]
    rows = [
        part.filter(may_see, done_by_id=me, problem__is_open=True)
        .order_by()
        .values_list("problem_id", Value(KINDS.index(kind)), "done_at")
        for kind, part in asked
    ]
    if not actor.may("problem.assign"):
        raised = seen.open().filter(closure=states.RAISED, raised_by_id=me).order_by()
        rows.append(raised.values_list("pk", Value(KINDS.index("assign")), "raised_at"))
    handed_in = seen.open().filter(closure=states.VERIFYING, submitted_by_id=me).order_by()
    first = handed_in.values_list("pk", Value(KINDS.index("verify")), "submitted_at")
    return words_of(first.union(*rows, all=True))


def waiting_list(actor: Actor, at: datetime) -> WaitingList:
    """Three queries: what waits, the lines that wait longest, who was urged today; and those of other rooms.

    Of several reasons to wait for one problem the first of KINDS counts, since it was last asked.
    """
    others = room_waits(actor, at)
    since: dict[int, tuple[int, Any]] = {}
    for pk, kind, moment in found_by(_asking(actor)):
        place, latest = since.get(pk, (len(KINDS), ""))
        if kind < place or (kind == place and moment > latest):
            since[pk] = kind, moment
    longest = sorted(since, key=lambda pk: (since[pk][1], pk))[:MOST]
    rows = Problem.objects.select_related("unit", "lead", "supervisor").in_bulk(longest)
    found = [rows[pk] for pk in longest if pk in rows]
    for row in found:
        row.kind, moment = KINDS[since[row.pk][0]], since[row.pk][1]
        row.since = _moment(moment)
    urged = _urged(found, at) if found else set()
    lines = [_line(row, actor, at, urged) for row in found] + [_room_line(one, at) for one in others]
    lines.sort(key=lambda line: -line.days)
    return WaitingList(lines[:MOST], len(since) + len(others))


def _room_line(one: WaitLine, at: datetime) -> Waiting:
    return Waiting(one.verb, one.text, one.who, (local_day(at) - local_day(one.since)).days, one.url)


def _moment(told: Any) -> datetime:
    """SQLite keeps moments as text, in UTC and without saying so."""
    moment = told if isinstance(told, datetime) else datetime.fromisoformat(told)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


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
        text=problem.aside,
        who=f"{problem.unit.shown} {lead}".strip() if unit_side else supervisor,
        days=(local_day(at) - local_day(problem.since)).days,
        url=reverse("problems:page", args=[problem.number]),
        remind_url=reverse("problems:reminder", args=[problem.number]) if may else "",
        reminded=problem.stream in urged,
    )
