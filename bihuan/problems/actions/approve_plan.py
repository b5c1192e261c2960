"""批方案: the supervising department lets the plan go ahead, after the check of 四不放过."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.problems.advance import advance
from bihuan.problems.models import Plan, Problem

from .join import join


@transaction.atomic
def approve_plan(
    *, problem: Problem, by: Actor, at: datetime, text: str = "", occurred_at: datetime | None = None
) -> Problem:
    """Approve the plan that waits. Raises Refused while a check fails or for one of the rectifying team."""
    advance(
        "approve",
        problem,
        by=by,
        at=at,
        occurred_at=occurred_at,
        changes={"progress": "in_progress"},
        data={"text": text},
    )
    join(problem=problem, person_id=by.person_id, side="verify")
    Plan.objects.filter(problem=problem, verdict="").update(
        verdict="approved", verdict_text=text, verdict_at=at, verdict_by_id=by.person_id
    )
    return problem
