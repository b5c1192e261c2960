"""What a problem's page needs beyond the row: its thread, its evidence, and who must act now."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q, prefetch_related_objects

from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import WorkCalendar
from bihuan.org.models import Person, Unit
from bihuan.org.reads import people_who, work_calendar
from bihuan.record.models import Event

from . import states
from .models import Attachment, Closure, Extension, Measure, Part, Problem, TakeOver, Transfer, Voiding

#: keys of an event's data that hold ids of people, and of units
_PEOPLE_KEYS = ("lead", "old", "new")
_UNIT_KEYS = ("unit", "to_unit", "from_unit")
_OTHER_KEYS = ("like", "repeat", "duplicate_of")
#: who takes the main step of each state: a permission over the unit, or the person in charge
_ACTS = {
    states.RAISED: "problem.assign",
    states.ASSIGNED: "",
    states.PLANNING: "",
    states.PLAN_REVIEW: "problem.approve",
    states.RECTIFYING: "",
    states.VERIFYING: "problem.verify",
}


def seen_problem(number: str, *, by: Actor) -> Problem | None:
    """The problem with this number as this reader may see it; None where there is none for them. One query."""
    if "\x00" in number or len(number) > 40:
        return None
    seen = Problem.objects.visible_to(by).for_page().select_related("rule_pack")
    try:
        return seen.get(number=number)
    except Problem.DoesNotExist:
        return None


#: what few problems have, and the event that is written with the first of it in the same transaction
_RARE = (
    ("extensions", "problem.extension_asked", Extension.objects.select_related("decided_by", "done_by")),
    ("transfers", "problem.transfer_asked", Transfer.objects.select_related("to_unit", "done_by")),
    ("voidings", "problem.void_asked", Voiding.objects.select_related("done_by")),
)


def with_its_rows(problem: Problem, events: list[Event]) -> Problem:
    """The same problem with what hangs on it, each kind asked for once, however many rules look at it.

    Its `events` tell which of the rare kinds it has: nothing is asked about the others.
    """
    said = {event.kind for event in events}
    measures = list(Measure.objects.filter(problem=problem).select_related("owner").order_by("order"))
    files = Attachment.objects.filter(problem=problem).select_related("file", "added_by").order_by("id")
    of = {measure.pk: measure for measure in measures}
    for file in files:
        file.measure = of.get(file.measure_id)
    _keep(problem, "measures", measures)
    _keep(problem, "attachments", list(files))
    _keep(problem, "parts", list(problem.parts.all()))
    for name, kind, rows in _RARE:
        _keep(problem, name, list(rows.filter(problem=problem).order_by("id")) if kind in said else [])
    return problem


def _keep(problem: Problem, name: str, rows: list[Any]) -> None:
    """What `prefetch_related` leaves behind. For one row its machinery costs as much as the questions themselves."""
    known = getattr(problem, name).all()
    known._result_cache, known._prefetch_done = rows, True
    problem.__dict__.setdefault("_prefetched_objects_cache", {})[name] = known


def events_of(problem: Problem) -> list[Event]:
    """What happened to it, the first first. One query."""
    return list(Event.objects.of(problem.stream))


@dataclass(slots=True)
class ThreadRow:
    """One event with the files that came with it, in the order they came."""

    event: Event
    by: Person | None
    files: list[Attachment] = field(default_factory=list)


@dataclass(slots=True)
class Thread:
    """Everything that happened, newest first. `people` and `units` name the ids in the events' data; `others` are
    the problems they name, by id and by number, as far as the reader may see them."""

    rows: list[ThreadRow]
    people: dict[int, Person]
    units: dict[int, str]
    before: list[Attachment]
    evidence: dict[int | None, list[Attachment]]
    others: dict[int | str, Problem] = field(default_factory=dict)


def thread_of(problem: Problem, events: list[Event], by: Actor) -> Thread:
    """Of a problem `with_its_rows`: one query, one more where units are named and one where other problems are."""
    files = list(problem.attachments.all())
    asked = {e.by_id for e in events} | {
        e.data[key] for e in events for key in _PEOPLE_KEYS if isinstance(e.data.get(key), int)
    }
    people = Person.objects.select_related("unit").in_bulk([pk for pk in asked if pk])
    unit_ids = {e.data[key] for e in events for key in _UNIT_KEYS if isinstance(e.data.get(key), int)}
    units = {unit.pk: unit.shown for unit in Unit.objects.filter(pk__in=unit_ids)} if unit_ids else {}
    at: dict[int | None, list[Attachment]] = {}
    evidence: dict[int | None, list[Attachment]] = {}
    for file in files:
        at.setdefault(file.event_seq, []).append(file)
        if file.round == problem.round and file.role in ("evidence", "after"):
            evidence.setdefault(file.measure_id, []).append(file)
    rows = [ThreadRow(e, people.get(e.by_id), at.get(e.seq, [])) for e in reversed(events)]
    before = [f for f in files if f.role == "before"]
    return Thread(rows, people, units, before, evidence, _others(events, by))


def _others(events: list[Event], by: Actor) -> dict[int | str, Problem]:
    """Other problems that the events name, where this reader may see them: elsewhere they are not named."""
    said = {e.data[key] for e in events for key in _OTHER_KEYS if e.data.get(key)}
    if not said:
        return {}
    ids, numbers = (
        [one for one in said if isinstance(one, int)],
        [one for one in said if isinstance(one, str)],
    )
    seen = Problem.objects.visible_to(by).filter(Q(pk__in=ids) | Q(number__in=numbers))
    return {key: one for one in seen for key in (one.pk, one.number)}


#: enough to find somebody to ask; a group may have hundreds who could
MOST_OTHERS = 20


@dataclass(frozen=True, slots=True)
class Doers:
    """Who must act now; `others` could, too, and are named on asking, `more` counts those named nowhere."""

    people: list[Person]
    others: list[Person] = field(default_factory=list)
    more: int = 0


def doers_of(problem: Problem, day: date, *, me: int | None = None, most: int = 3) -> Doers:
    """The people the next step waits for, without those the four-eyes rules rule out; `me` comes first.

    At most five queries.
    """
    if problem.closure not in _ACTS:
        return Doers([])
    permission = _ACTS[problem.closure]
    if not permission:
        if problem.lead is not None:
            return Doers([problem.lead])
        permission = "problem.rectify"
    able = people_who(permission, problem.unit.path or "", day=day)
    if problem.closure in (states.PLAN_REVIEW, states.VERIFYING):
        barred = {part.person_id for part in problem.parts.all() if part.side == Part.Side.RECTIFY}
        able = [p for p in able if p.pk not in barred | {problem.lead_id, problem.submitted_by_id}]
    able.sort(key=lambda person: person.pk != me)
    named = able[: most + MOST_OTHERS]
    prefetch_related_objects(named, "unit")
    return Doers(named[:most], named[most:], len(able) - len(named))


@dataclass(frozen=True, slots=True)
class DueStory:
    """Where the deadline comes from. `latest` is the working day it really ends on, if that is another one."""

    granted: list[Extension]
    asked: Extension | None
    latest: date | None


def due_story(problem: Problem, calendar: WorkCalendar | None = None) -> DueStory:
    rows = list(problem.extensions.all())
    latest = None
    if problem.due_on is not None and problem.is_open:
        latest = (calendar or work_calendar()).actual_latest(problem.due_on)
    return DueStory(
        [row for row in rows if row.granted],
        next((row for row in rows if row.granted is None), None),
        latest if latest != problem.due_on else None,
    )


@dataclass(frozen=True, slots=True)
class Pending:
    """Requests of somebody that wait for somebody else's word."""

    transfer: Transfer | None
    voiding: Voiding | None
    #: the problem it is said to be a duplicate of, where the reader may see that
    twin: Problem | None = None


def pending_of(problem: Problem, by: Actor) -> Pending:
    voiding = problem.voiding_asked
    twin = voiding.duplicate_of_id if voiding else None
    seen = Problem.objects.visible_to(by).filter(pk=twin).first() if twin else None
    return Pending(problem.transfer_asked, voiding, seen)


def stated_of(problem: Problem) -> TakeOver | None:
    return TakeOver.objects.filter(problem=problem).order_by("id").first() if problem.taken_over else None


def relapsed(problem: Problem) -> bool:
    """True if the round before this one was closed: it came back, it was not merely sent back."""
    return Closure.objects.filter(problem=problem, round=F("problem__round") - 1).exists()


def has_read(*, problem: Problem, by: Actor, since: datetime) -> bool:
    """Whether this person's reading of this one is written down since then; ordinary ones need no mark."""
    if problem.secrecy == "normal":
        return True
    marks = Event.objects.of(f"problem-reads:{problem.pk}")
    return marks.filter(by_id=by.person_id, recorded_at__gte=since).exists()
