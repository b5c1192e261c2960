"""不是重复: a person says that two problems that look alike are two; or takes back what was confirmed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Invalid
from bihuan.problems.advance import advance
from bihuan.problems.models import Likeness, Problem

from .keep_verdict import keep_verdict


@transaction.atomic
def refuse_repeat(
    *,
    problem: Problem,
    like: Problem,
    by: Actor,
    at: datetime,
    text: str = "",
    occurred_at: datetime | None = None,
) -> Problem:
    """Remember that the two are not the same: the pair is never offered again. Where it had been confirmed, the
    link goes and a reason is asked for. Raises Invalid without it, Refused or Stale as any step.
    """
    confirmed = problem.repeat_of_id == like.pk
    if confirmed and not text.strip():
        raise Invalid("没有写撤销的理由", "写清为什么不算重复", field="text")
    advance(
        "refuse_repeat",
        problem,
        by=by,
        at=at,
        occurred_at=occurred_at,
        changes={"repeat_of_id": None} if confirmed else {},
        data={"like": like.pk, "text": text.strip()},
    )
    keep_verdict(problem=problem, like=like, verdict=Likeness.Verdict.NO, text=text, by=by, at=at)
    return problem
