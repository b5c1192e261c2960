"""作废: the second person's decision."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Invalid, Stale
from bihuan.problems import words
from bihuan.problems.advance import advance
from bihuan.problems.models import Letter, Problem, Voiding

from .drop_requests import drop_requests
from .end_letters import end_letters


@transaction.atomic
def decide_void(
    *,
    problem: Problem,
    granted: bool,
    by: Actor,
    at: datetime,
    text: str = "",
    occurred_at: datetime | None = None,
) -> Problem:
    """Void it, or leave it open with a reason."""
    if not granted and not text.strip():
        raise Invalid("没有写不同意的理由", "写清为什么不作废", field="text")
    advance(
        "void",
        problem,
        by=by,
        at=at,
        occurred_at=occurred_at,
        target=None if granted else problem.closure,
        data={"granted": granted, "text": text},
    )
    if not Voiding.objects.filter(problem=problem, granted=None).update(
        granted=granted, decided_at=at, decided_by_id=by.person_id, decision_text=text
    ):
        raise Stale()
    if granted:
        drop_requests(problem=problem, at=at, why=words.ENDED_BY_VOIDING)
        end_letters(problem=problem, why=Letter.Ended.VOIDED, by=by, at=at)
    return problem
