"""Days for somebody's calendar: what they answer for, what they look back at, what is due in a unit.

The labels leave the house, into phones and other people's clouds: a number, a verb and a unit, never what a
problem says; of a restricted one the number alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from bihuan.kernel.actor import Actor
from bihuan.org.models import Unit
from bihuan.problems.models import Lookback, Measure, Problem
from bihuan.registry.lines import DueLine

MOST = 1000


def due_days(actor: Actor, unit_id: int | None, at: datetime) -> Iterator[DueLine]:
    """Own deadlines, own measures in others' problems, look-backs; then the unit's. At most five queries."""
    me = actor.person_id
    seen = Problem.objects.visible_to(actor)
    mine = seen.open().filter(lead_id=me, due_on__isnull=False).select_related("unit")
    yield from (_line(p, "整改到期") for p in mine.order_by("due_on", "id")[:MOST])
    measures = (
        Measure.objects.filter(owner_id=me, due_on__isnull=False, problem__in=seen.open())
        .exclude(progress="done")
        .exclude(problem__lead_id=me)
        .select_related("problem__unit")
    )
    for measure in measures.order_by("due_on", "id")[:MOST]:
        yield _line(measure.problem, f"措施 {measure.order} 到期", f"measure-{measure.pk}", measure.due_on)
    looks = Lookback.objects.filter(assignee_id=me, is_open=True, problem__in=seen)
    for look in looks.select_related("problem__unit").order_by("due_on", "id")[:MOST]:
        yield _line(look.problem, "回头看", f"lookback-{look.pk}", look.due_on)
    unit = Unit.objects.filter(pk=unit_id).exclude(path=None).first() if unit_id else None
    if unit is not None:
        others = seen.open().in_unit(unit.path or "").filter(due_on__isnull=False).exclude(lead_id=me)
        rows = others.select_related("unit").order_by("due_on", "id")[:MOST]
        yield from (_line(p, "整改到期") for p in rows)


def _line(problem: Problem, verb: str, key: str = "", due=None) -> DueLine:
    restricted = problem.secrecy != "normal"
    unit = "" if restricted else f" {problem.unit.shown}"
    return DueLine(
        key=key or f"problem-{problem.pk}",
        label=f"{verb} {problem.number}{unit}",
        due=due or problem.due_on,
        url=reverse("problems:page", args=[problem.number]),
        changed_at=problem.changed_at,
        version=problem.version,
    )
