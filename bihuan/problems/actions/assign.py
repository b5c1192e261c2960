"""下达: who is responsible, by when."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Invalid
from bihuan.org.models import Person, Unit
from bihuan.org.reads import rule_of, work_calendar
from bihuan.problems import words
from bihuan.problems.advance import advance
from bihuan.problems.models import Assignment, Problem

from .index_words import index_words


@transaction.atomic
def assign(
    *,
    problem: Problem,
    lead: Person | None,
    by: Actor,
    at: datetime,
    unit: Unit | None = None,
    due_on: date | None = None,
    timing: str = "",
    grade: str = "",
    demand: str = "",
    supervisor: Unit | None = None,
    needs_plan: bool | None = None,
    text: str = "",
    occurred_at: datetime | None = None,
) -> Problem:
    """Hand the problem to a unit and a person with a deadline; without one, the pinned rule pack gives it.

    Raises Invalid for a deadline before the day of finding, a lead who has left, or a unit outside the reach
    of whoever hands it out. The event keeps the grade and the class where they were changed.
    """
    timing, grade = timing or problem.timing, grade or problem.grade
    _check_unit(problem, unit, by)
    _check_lead(lead, local_day(at))
    due_on, note = _deadline(problem, timing, grade, due_on, at)
    plan = _needs_plan(problem, grade, timing) if needs_plan is None else needs_plan
    changes = {
        "unit_id": (unit or problem.unit).pk,
        "lead_id": lead.pk if lead else None,
        "due_on": due_on,
        "first_due_on": problem.first_due_on or due_on,
        "due_note": note,
        "timing": timing,
        "grade": grade,
        "demand": demand or problem.demand,
        "supervisor_id": supervisor.pk if supervisor else (problem.supervisor_id or by.unit_id),
        "needs_plan": plan,
    }
    data = {"unit": changes["unit_id"], "lead": changes["lead_id"], "due": str(due_on or "")}
    data |= {"text": text, "why": note}
    data |= {name: changes[name] for name in ("grade", "timing") if changes[name] != getattr(problem, name)}
    advance("assign", problem, by=by, at=at, occurred_at=occurred_at, changes=changes, data=data)
    row = {"unit_id": problem.unit_id, "lead": lead, "due_on": due_on, "text": text}
    Assignment.objects.create(
        problem=problem, round=problem.round, done_at=at, done_by_id=by.person_id, **row
    )
    index_words(problem=problem)
    return problem


def _needs_plan(problem: Problem, grade: str, timing: str) -> bool:
    """Grades of the rule pack always, other problems unless they are put right at once."""
    return timing != "immediate" or grade in rule_of(problem.rule_pack, "plan.needed").value


def _check_unit(problem: Problem, unit: Unit | None, by: Actor) -> None:
    """Handing out to a unit needs the right over that unit too; towards anybody else there is the transfer."""
    if unit is None or unit.pk == problem.unit_id or by.may_in("problem.assign", unit.path or ""):
        return
    raise Invalid(
        f"{unit}不在你能下达的范围里", "选范围内的单位；该由对方负责的，由责任单位申请移交", field="unit"
    )


def _check_lead(lead: Person | None, today: date) -> None:
    if lead is not None and lead.left_on and lead.left_on <= today:
        raise Invalid(f"{lead.name}已经离开，不能作责任人", "选一名在岗的人", field="lead")


def _deadline(
    problem: Problem, timing: str, grade: str, given: date | None, at: datetime
) -> tuple[date | None, str]:
    """The deadline with the sentence that says where it comes from."""
    if given is not None:
        if problem.found_on and given < problem.found_on:
            raise Invalid(
                f"期限 {given} 早于发现日期 {problem.found_on}", "改成发现日期以后的一天", field="due_on"
            )
        return given, words.GIVEN_ON_ASSIGNMENT
    if timing == "long_term":
        return None, words.LONG_TERM
    rule = rule_of(problem.rule_pack, "due.immediate" if timing == "immediate" else f"due.{grade}")
    due = rule.due_rule().deadline(local_day(at), work_calendar())
    return due.due, words.by_rule(
        words.FROM_ASSIGNMENT, due.rule.words, problem.rule_pack, due.due, due.actual_latest
    )
