"""认领: the responsible unit takes the problem; a general one may skip the plan."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Invalid
from bihuan.org.models import Person
from bihuan.org.reads import rule_of
from bihuan.problems import states
from bihuan.problems.advance import advance
from bihuan.problems.models import Problem

from .join import join


@transaction.atomic
def accept(
    *,
    problem: Problem,
    by: Actor,
    at: datetime,
    lead: Person | None = None,
    skip_plan: bool | None = None,
    text: str = "",
    occurred_at: datetime | None = None,
) -> Problem:
    """Take the problem on. `skip_plan` leads straight to rectifying, allowed for general problems only.

    Without a lead so far, `lead` names one (by default whoever accepts). Raises Invalid when the plan of a
    serious or major problem is to be skipped.
    """
    skip = (not problem.needs_plan) if skip_plan is None else skip_plan
    if skip and problem.grade in rule_of(problem.rule_pack, "plan.needed").value:
        raise Invalid(f"{problem.get_grade_display()}问题要先报整改方案", "认领后报方案", field="skip_plan")
    target = states.RECTIFYING if skip else states.PLANNING
    lead_id = lead.pk if lead else (problem.lead_id or by.person_id)
    changes = {"lead_id": lead_id, "guessed": {}}
    if skip:
        changes["progress"] = "in_progress"
    advance(
        "accept",
        problem,
        by=by,
        at=at,
        occurred_at=occurred_at,
        target=target,
        changes=changes,
        data={"lead": lead_id, "text": text, "confirmed_guesses": sorted(problem.guessed)},
    )
    join(problem=problem, person_id=by.person_id, side="rectify")
    if lead_id != by.person_id:
        join(problem=problem, person_id=lead_id, side="rectify")
    return problem
