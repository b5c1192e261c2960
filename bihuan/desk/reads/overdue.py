"""我督办的单位逾期: for who supervises; for the head of a unit, the unit's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from bihuan.kernel.actor import Actor
from bihuan.kernel.clock import Clock, read_clock
from bihuan.kernel.moment import local_day
from bihuan.org.reads import values_of
from bihuan.problems.models import Letter, Problem
from bihuan.problems.policies.ladder import Rung, cells_of, ladder_of

from .conditions import supervised, within

MOST = 6


@dataclass(frozen=True, slots=True)
class Overdue:
    unit: str
    text: str
    owner: str
    clock: Clock
    url: str
    remind_url: str
    ladder: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class OverdueTable:
    """`own` is True for a unit's head, whose table is that of the own unit."""

    lines: list[Overdue]
    total: int
    units: int
    own: bool


def overdue_table(actor: Actor, at: datetime) -> OverdueTable | None:
    """The longest overdue first; None for who supervises nothing. Three queries, and one per rule pack."""
    rows = _rows(actor, at)
    if rows is None:
        return None
    counted = rows.aggregate(n=Count("pk"), units=Count("unit", distinct=True))
    found = (
        list(rows.select_related("unit", "lead", "rule_pack").order_by("due_on", "id")[:MOST])
        if counted["n"]
        else []
    )
    out, ladders = _out(found), _ladders(found)
    lines = [
        _line(row, actor, at, cells_of(ladders[row.rule_pack_id], out.get(row.pk, set()))) for row in found
    ]
    return OverdueTable(lines, counted["n"], counted["units"], own=not actor.may("problem.assign"))


def _rows(actor: Actor, at: datetime) -> QuerySet[Problem] | None:
    rows = Problem.objects.visible_to(actor).overdue(local_day(at))
    if actor.may("problem.assign"):
        return rows.filter(within(actor, "problem.assign") & supervised(actor))
    if actor.may("problem.reown_own"):
        return rows.filter(within(actor, "problem.reown_own") & ~Q(lead_id=actor.person_id))
    return None


def _ladders(problems: list[Problem]) -> dict[int | None, tuple[Rung, ...]]:
    packs = {problem.rule_pack_id: problem.rule_pack for problem in problems}
    return {pk: ladder_of(values_of(pack)) if pack else () for pk, pack in packs.items()}


def _out(problems: list[Problem]) -> dict[int, set[str]]:
    """The steps whose letter is out, for the present deadline, round and unit of each problem. One query."""
    now = {problem.pk: (problem.round, problem.due_on, problem.unit_id) for problem in problems}
    rows = Letter.objects.filter(problem__in=now, state__in=(Letter.State.ISSUED, Letter.State.RECEIVED))
    found: dict[int, set[str]] = {}
    for pk, step, *key in rows.values_list("problem_id", "step", "round", "due_on", "unit_id"):
        if tuple(key) == now[pk]:
            found.setdefault(pk, set()).add(step)
    return found


def _line(problem: Problem, actor: Actor, at: datetime, ladder: list[tuple[str, str]]) -> Overdue:
    may = problem.lead_id is not None and actor.may_in("problem.assign", problem.unit.path or "")
    return Overdue(
        unit=problem.unit.shown,
        text=problem.open_words,
        owner=problem.lead.name if problem.lead else problem.lead_text,
        clock=read_clock(problem.due_on, local_day(at), problem.timing),
        url=reverse("problems:page", args=[problem.number]),
        remind_url=reverse("problems:reminder", args=[problem.number]) if may else "",
        ladder=ladder,
    )
