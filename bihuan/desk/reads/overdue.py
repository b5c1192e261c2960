"""我督办的单位逾期: for who supervises; for the head of a unit, the unit's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from bihuan.kernel.actor import Actor
from bihuan.kernel.clock import Clock, read_clock
from bihuan.kernel.moment import local_day
from bihuan.problems.models import Problem

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


@dataclass(frozen=True, slots=True)
class OverdueTable:
    """`own` is True for a unit's head, whose table is that of the own unit."""

    lines: list[Overdue]
    total: int
    units: int
    own: bool


def overdue_table(actor: Actor, at: datetime) -> OverdueTable | None:
    """The longest overdue first; None for who supervises nothing. Two queries."""
    rows = _rows(actor, at)
    if rows is None:
        return None
    counted = rows.aggregate(n=Count("pk"), units=Count("unit", distinct=True))
    found = rows.select_related("unit", "lead").order_by("due_on", "id")[:MOST] if counted["n"] else []
    lines = [_line(row, actor, at) for row in found]
    return OverdueTable(lines, counted["n"], counted["units"], own=not actor.may("problem.assign"))


def _rows(actor: Actor, at: datetime) -> QuerySet[Problem] | None:
    rows = Problem.objects.visible_to(actor).overdue(local_day(at))
    if actor.may("problem.assign"):
        return rows.filter(within(actor, "problem.assign") & supervised(actor))
    if actor.may("problem.reown_own"):
        return rows.filter(within(actor, "problem.reown_own") & ~Q(lead_id=actor.person_id))
    return None


def _line(problem: Problem, actor: Actor, at: datetime) -> Overdue:
    may = problem.lead_id is not None and actor.may_in("problem.assign", problem.unit.path or "")
    return Overdue(
        unit=problem.unit.shown,
        text=problem.statement,
        owner=problem.lead.name if problem.lead else problem.lead_text,
        clock=read_clock(problem.due_on, local_day(at), problem.timing),
        url=reverse("problems:page", args=[problem.number]),
        remind_url=reverse("problems:reminder", args=[problem.number]) if may else "",
    )
