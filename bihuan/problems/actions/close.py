"""销号: a second person has looked at the evidence and closes."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.problems import words
from bihuan.problems.advance import advance
from bihuan.problems.models import Closure, Letter, Problem, Verification

from .drop_requests import drop_requests
from .end_letters import end_letters
from .join import join


@transaction.atomic
def close(
    *, problem: Problem, by: Actor, at: datetime, text: str = "", occurred_at: datetime | None = None
) -> Problem:
    """Close it. Writes the verification, the closure (one a round, ever) and the event.

    On time means: the unit asked for closure on or before the deadline, not that the verifier was quick.
    Raises Refused for submitter, team or a missing piece of evidence; Stale when somebody was faster.
    """
    asked = local_day(problem.submitted_at) if problem.submitted_at else local_day(at)
    on_time = None if problem.due_on is None else asked <= problem.due_on
    last = problem.submissions.filter(round=problem.round).order_by("-id").first()
    advance(
        "close",
        problem,
        by=by,
        at=at,
        occurred_at=occurred_at,
        changes={"closed_at": at, "closed_by_id": by.person_id},
        data={"text": text, "on_time": on_time},
    )
    join(problem=problem, person_id=by.person_id, side="verify")
    drop_requests(problem=problem, at=at, why=words.ENDED_BY_CLOSING)
    end_letters(problem=problem, why=Letter.Ended.CLOSED, by=by, at=at)
    Verification.objects.create(
        problem=problem,
        round=problem.round,
        submission=last,
        passed=True,
        done_at=at,
        done_by_id=by.person_id,
        text=text,
    )
    Closure.objects.create(
        problem=problem, round=problem.round, done_at=at, done_by_id=by.person_id, text=text, on_time=on_time
    )
    return problem
