"""退回方案: back to the unit, with reasons."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Invalid
from bihuan.problems.advance import advance
from bihuan.problems.models import Plan, Problem

from .join import join


@transaction.atomic
def return_plan(
    *, problem: Problem, reason: str, by: Actor, at: datetime, occurred_at: datetime | None = None
) -> Problem:
    """Send the plan back. Raises Invalid without a reason: the unit must know what to mend."""
    if not reason.strip():
        raise Invalid("没有写退回的理由", "写清哪一条要怎么改", field="reason")
    advance("return", problem, by=by, at=at, occurred_at=occurred_at, data={"text": reason.strip()})
    join(problem=problem, person_id=by.person_id, side="verify")
    Plan.objects.filter(problem=problem, verdict="").update(
        verdict="returned", verdict_text=reason.strip(), verdict_at=at, verdict_by_id=by.person_id
    )
    return problem
