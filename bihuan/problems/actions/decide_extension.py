"""批延期: the supervising side decides; the first deadline is kept for ever."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Invalid, Stale
from bihuan.problems import words
from bihuan.problems.advance import advance
from bihuan.problems.models import Extension, Letter, Problem

from .end_letters import end_letters


@transaction.atomic
def decide_extension(
    *,
    problem: Problem,
    granted: bool,
    by: Actor,
    at: datetime,
    text: str = "",
    occurred_at: datetime | None = None,
) -> Problem:
    """Grant or refuse the request that waits. Refusing needs a reason."""
    if not granted and not text.strip():
        raise Invalid("没有写不同意的理由", "写清为什么不准延期", field="text")
    asked = Extension.objects.filter(problem=problem, granted=None).first()
    changes = {}
    if granted and asked is not None:
        changes = {
            "due_on": asked.new_due_on,
            "extended_times": problem.extended_times + 1,
            "due_note": words.extended(asked.new_due_on, problem.extended_times + 1),
        }
    advance(
        "decide_extension",
        problem,
        by=by,
        at=at,
        occurred_at=occurred_at,
        changes=changes,
        data={"granted": granted, "text": text, "new": str(asked.new_due_on) if asked else ""},
    )
    decided = Extension.objects.filter(problem=problem, granted=None).update(
        granted=granted, decided_at=at, decided_by_id=by.person_id, decision_text=text
    )
    if not decided:
        raise Stale()
    if granted:
        end_letters(problem=problem, why=Letter.Ended.DATE, by=by, at=at)
    return problem
