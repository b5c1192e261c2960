"""我要办的: one line per problem with the one verb this person has to do now."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When
from django.urls import reverse

from bihuan.desk import words
from bihuan.kernel.actor import Actor
from bihuan.kernel.clock import SOON_DAYS, Clock, read_clock
from bihuan.kernel.moment import local_day
from bihuan.org.reads import pending_hand_overs
from bihuan.problems import states
from bihuan.problems.models import Problem

from .conditions import candidates, conditions
from .lines import Todo
from .papers import counted_papers, lines_of, paper_lines

MOST = 60
#: the number on every page says 999+ beyond this
COUNTED = 1_000
_HAND_OVER = "hand_over"
#: a judgement needs the whole page in sight; for the rest the form alone will do
_ON_THE_PAGE = ("approve", "close")
_ORDER = {code: place for place, (code, _) in enumerate(words.BUCKETS)}
_COLUMNS = ("cause", "goal", "stage_goals", "demand", "extras", "basis")


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


def count_todo(actor: Actor, at: datetime) -> int | None:
    """The number behind 工作台 in the navigation, counted up to COUNTED. Two queries at most.

    It stands on every page, so its words are put together once for each set of grants; the figure itself is
    always that of now.
    """
    if not actor.is_person:
        return None
    sql, params = _counting(actor)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        waiting, *papers = cursor.fetchone()
    return (waiting + lines_of(*papers) + len(_hand_overs(actor, at))) or None


@lru_cache(maxsize=1024)
def _counting(actor: Actor) -> tuple[str, tuple]:
    """The statement of the counts: it holds who asks and what they may, never a day or a state."""
    parts, params = [], ()
    for rows in (waiting_for(actor).order_by().values("pk")[:COUNTED], *counted_papers(actor)):
        try:
            sql, given = rows.query.sql_with_params()
        except EmptyResultSet:
            parts.append("0")
            continue
        parts.append(f"(SELECT count(*) FROM ({sql}) part)")
        params += given
    return f"SELECT {', '.join(parts)}", params


def todo_list(actor: Actor, at: datetime, tab: str = "") -> TodoList:
    """Counts, lines, and what is no step of a problem: letters, look-backs, hand-overs."""
    day = local_day(at)
    rows = waiting_for(actor)
    other = _others(actor, at)
    tab = tab if any(code == tab for code, _, _ in words.TABS) else ""
    counted = list(rows.order_by().values("verb").annotate(n=Count("pk"), **_buckets(day)))
    verbs = Counter({row["verb"]: row["n"] for row in counted}) + Counter(line.verb for line in other)
    chosen = next((set(v) for code, _, v in words.TABS if code == tab), set(words.VERBS))
    lines = rows.filter(verb__in=chosen).select_related("unit").defer(*_COLUMNS)
    # Without a deadline last; long-term work stands behind it until its node has gone by.
    found = [_line(row, day) for row in lines.order_by(F("due_on").asc(nulls_last=True), "id")[:MOST]]
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


def _line(problem: Problem, day) -> Todo:
    page = reverse("problems:page", args=[problem.number])
    on_page = problem.verb in _ON_THE_PAGE
    noun = states.NOUNS[problem.verb]
    return Todo(
        verb=problem.verb,
        label=words.VERBS[problem.verb],
        clock=read_clock(problem.due_on, day, problem.timing),
        unit=problem.unit.shown,
        text=problem.open_words,
        url=page if on_page else reverse(f"problems:{noun}", args=[problem.number]),
        page=page,
        form=not on_page,
    )


def _others(actor: Actor, at: datetime) -> list[Todo]:
    return [*paper_lines(actor, at), *_hand_overs(actor, at)]


def _hand_overs(actor: Actor, at: datetime) -> list[Todo]:
    """Work of people who moved or left, for the head of their unit. No query for those who settle none."""
    if not (actor.may("problem.reown_own") or actor.may("org.manage")):
        return []
    clock = read_clock(None, local_day(at))
    return [
        Todo(
            _HAND_OVER, words.VERBS[_HAND_OVER], clock, row.unit.shown,
            words.hand_over_of(row.person.name, len(row.keys), row.why == "left"),
            url := reverse("org:hand-over", args=[row.pk]), url, False,
        )
        for row in pending_hand_overs(actor)
    ]  # fmt: skip
