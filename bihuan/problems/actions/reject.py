"""退回整改: the verifier is not convinced; a new round begins."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Invalid
from bihuan.problems.advance import advance
from bihuan.problems.models import Problem, Verification

from .join import join


@transaction.atomic
def reject(
    *, problem: Problem, reason: str, by: Actor, at: datetime, occurred_at: datetime | None = None
) -> Problem:
    """Send it back with a reason. The next round opens with the present files still in sight."""
    if not reason.strip():
        raise Invalid("没有写退回的理由", "写清缺什么、要补到什么程度", field="reason")
    last = problem.submissions.filter(round=problem.round).order_by("-id").first()
    join(problem=problem, person_id=by.person_id, side="verify")
    changes = {
        "round": problem.round + 1,
        "progress": "in_progress",
        "submitted_at": None,
        "submitted_by_id": None,
    }
    advance(
        "reject",
        problem,
        by=by,
        at=at,
        occurred_at=occurred_at,
        changes=changes,
        data={"text": reason.strip()},
    )
    Verification.objects.create(
        problem=problem,
        round=problem.round - 1,
        submission=last,
        passed=False,
        done_at=at,
        done_by_id=by.person_id,
        text=reason.strip(),
    )
    return problem
