"""我要办的: one line per problem with the one verb this person has to do now."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache, reduce
from operator import or_

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When
from django.urls import reverse

from bihuan.desk import words
from bihuan.kernel.actor import Actor
from bihuan.kernel.clock import SOON_DAYS, Clock, read_clock
from bihuan.kernel.moment import local_day
from bihuan.org.reads import pending_hand_overs
from bihuan.problems import states
from bihuan.problems.models import Problem
from bihuan.record.statements import Statement, found_by, words_of

from .conditions import PENDING, candidates, conditions
from .lines import Todo
from .papers import counted_papers, lines_of, paper_lines
from .rooms import counted_rooms, room_lines

MOST = 60
#: the number on every page says 999+ beyond this
COUNTED = 1_000
_HAND_OVER = "hand_over"
#: a judgement needs the whole page in sight; for the rest the form alone will do
_ON_THE_PAGE = ("approve", "close")
_ORDER = {code: place for place, (code, _) in enumerate(words.BUCKETS)}
_DRAWN = ("number", "statement", "secrecy", "due_on", "timing", "unit__name", "unit__short_name")


@dataclass(slots=True)
class TodoList:
    """What is shown (at most MOST lines, grouped by clock), and the counts of all of it."""

    groups: list[tuple[str, str, int, list[Todo]]] = field(default_factory=list)
    tabs: list[tuple[str, str, int]] = field(default_factory=list)
    total: int = 0
    shown_total: int = 0
    late: int = 0
    today: int = 0
    tab: str = ""

    @property
    def hidden(self) -> int:
        return self.shown_total - sum(len(lines) for _, _, _, lines in self.groups)


def waiting_for(actor: Actor) -> QuerySet[Problem]:
    """Open problems that wait for this person, each with its `verb`."""
    if not actor.is_person:
        return Problem.objects.none()
    rules = conditions(actor)
    verb = Case(
        *(When(rule, then=Value(name)) for name, rule in rules), default=Value(""), output_field=CharField()
    )
    rows = Problem.objects.visible_to(actor).open().filter(pk__in=candidates(actor))
    return rows.annotate(verb=verb).exclude(verb="")


def _whatever(actor: Actor) -> QuerySet[Problem]:
    """The same problems as `waiting_for`, where it does not matter which verb: what the state alone decides is asked
    first, and mostly decides."""
    rules = sorted(conditions(actor), key=lambda rule: rule[0] in PENDING)
    rows = Problem.objects.visible_to(actor).open().filter(pk__in=candidates(actor, COUNTED))
    return rows.filter(reduce(or_, (rule for _, rule in rules)))


def count_todo(actor: Actor, at: datetime) -> int | None:
    """The number behind 工作台 in the navigation, counted up to COUNTED. One query.

    It stands on every page, so its words are put together once for each set of grants; the figure itself is
    always that of now.
    """
    if not actor.is_person:
        return None
    [(waiting, left, signs, releases, looks, *rooms)] = found_by(_counting(actor))
    return (waiting + left + lines_of(signs, releases, looks) + sum(rooms)) or None


@lru_cache(maxsize=1024)
def _counting(actor: Actor) -> Statement:
    """All counts in one statement: it holds who asks and what they may, never a day or a state."""
    parts, params = [], ()
    waiting, left = _whatever(actor).order_by().values("pk")[:COUNTED], pending_hand_overs(actor).order_by()
    for rows in (waiting, left.values("pk"), *counted_papers(actor), *counted_rooms(actor)):
        said = words_of(rows)
        parts.append(f"(SELECT count(*) FROM ({said[0]}) part)" if said else "0")  # noqa: S608 — the ORM's own text; values go beside it
        params += said[1] if said else ()
    return f"SELECT {', '.join(parts)}", params


@lru_cache(maxsize=1024)
def _sizes(actor: Actor, day: date) -> Statement | None:
    """How many wait for each verb, and how many of those in each bucket of the clock: verb, n, *BUCKETS."""
    counted = waiting_for(actor).order_by().values("verb").annotate(n=Count("pk"), **_buckets(day))
    return words_of(counted.values_list("verb", "n", *_buckets(day)))


@lru_cache(maxsize=1024)
def _first(actor: Actor, tab: str) -> Statement | None:
    """(id, verb) of the lines shown. Without a deadline last; long-term work stands behind it until its node has
    gone by."""
    chosen = sorted(_verbs_of(tab))
    lines = waiting_for(actor).filter(verb__in=chosen).order_by(F("due_on").asc(nulls_last=True), "id")
    return words_of(lines.values_list("pk", "verb")[:MOST])


def _verbs_of(tab: str) -> set[str]:
    return next((set(v) for code, _, v in words.TABS if code == tab), set(words.VERBS))


def todo_list(actor: Actor, at: datetime, tab: str = "") -> TodoList:
    """Counts, lines, and what is no step of a problem: letters, look-backs, hand-overs."""
    day = local_day(at)
    other = _others(actor, at)
    tab = tab if any(code == tab for code, _, _ in words.TABS) else ""
    names = ("verb", "n", *_buckets(day))
    counted = [dict(zip(names, row, strict=True)) for row in found_by(_sizes(actor, day))]
    verbs = Counter({row["verb"]: row["n"] for row in counted}) + Counter(line.verb for line in other)
    chosen = _verbs_of(tab)
    found = _lines(found_by(_first(actor, tab)), day)
    own = [line for line in other if line.verb in chosen]
    found = sorted([*own, *found], key=lambda line: _ORDER[_bucket(line.clock)]) if own else found
    sizes = Counter({code: sum(r[code] for r in counted if r["verb"] in chosen) for code, _ in words.BUCKETS})
    sizes += Counter(_bucket(line.clock) for line in own)
    return TodoList(
        groups=_grouped(found, sizes),
        tabs=[(code, label, n) for code, label, v in words.TABS if (n := sum(verbs[name] for name in v))],
        total=sum(verbs.values()),
        shown_total=sum(verbs[name] for name in chosen),
        late=sum(row["late"] for row in counted) + sum(line.clock.tone == "late" for line in other),
        today=sum(row["today"] for row in counted) + sum(line.clock.tone == "today" for line in other),
        tab=tab,
    )


def _buckets(day) -> dict[str, Count]:
    timed = ~Q(timing="long_term")
    last = day + timedelta(days=SOON_DAYS)
    late, today = Q(due_on__lt=day), timed & Q(due_on=day)
    soon = timed & Q(due_on__gt=day, due_on__lte=last)
    later = Q(due_on=None) | Q(due_on__gt=last) | Q(timing="long_term", due_on__gte=day)
    named = {"late": late, "today": today, "soon": soon, "later": later}
    return {name: Count("pk", filter=rule) for name, rule in named.items()}


def _grouped(lines: list[Todo], sizes: Counter) -> list[tuple[str, str, int, list[Todo]]]:
    groups = []
    for code, label in words.BUCKETS:
        own = [line for line in lines if _bucket(line.clock) == code]
        if own:
            groups.append((code, label, sizes[code], own))
    return groups


def _bucket(clock: Clock) -> str:
    return clock.tone if clock.tone in ("late", "today", "soon") else "later"


def _line(problem: Problem, verb: str, day: date) -> Todo:
    page = reverse("problems:page", args=[problem.number])
    on_page = verb in _ON_THE_PAGE
    noun = states.NOUNS[verb]
    return Todo(
        verb=verb,
        label=words.VERBS[verb],
        clock=read_clock(problem.due_on, day, problem.timing),
        unit=problem.unit.shown,
        text=problem.aside,
        url=page if on_page else reverse(f"problems:{noun}", args=[problem.number]),
        page=page,
        form=not on_page,
    )


def _lines(chosen: list[tuple[int, str]], day: date) -> list[Todo]:
    rows = Problem.objects.select_related("unit").only(*_DRAWN).in_bulk([pk for pk, _ in chosen])
    return [_line(rows[pk], verb, day) for pk, verb in chosen if pk in rows]


def _others(actor: Actor, at: datetime) -> list[Todo]:
    return [*paper_lines(actor, at), *room_lines(actor, at), *_hand_overs(actor, at)]


def _hand_overs(actor: Actor, at: datetime) -> list[Todo]:
    """Work of people who moved or left, for the head of their unit."""
    clock = read_clock(None, local_day(at))
    return [
        Todo(
            _HAND_OVER, words.VERBS[_HAND_OVER], clock, row.unit.shown,
            words.hand_over_of(row.person.name, len(row.keys), row.why == "left"),
            url := reverse("org:hand-over", args=[row.pk]), url, False,
        )
        for row in pending_hand_overs(actor)
    ]  # fmt: skip
