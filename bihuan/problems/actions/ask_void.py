"""申请作废: it should not be here — a duplicate, or not a problem. A second person decides."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Invalid
from bihuan.problems.advance import advance
from bihuan.problems.models import Problem, Voiding


@transaction.atomic
def ask_void(
    *,
    problem: Problem,
    reason: str,
    by: Actor,
    at: datetime,
    duplicate_of: Problem | None = None,
    occurred_at: datetime | None = None,
) -> Voiding:
    """Ask for it to be voided. Nothing is ever deleted."""
    if not reason.strip():
        raise Invalid("没有写作废的理由", "写清为什么作废，重复的写明与哪件重复", field="reason")
    if duplicate_of is not None and duplicate_of.pk == problem.pk:
        raise Invalid("不能说与自己重复", "填另一件的编号", field="duplicate_of")
    advance(
        "ask_void",
        problem,
        by=by,
        at=at,
        occurred_at=occurred_at,
        data={"text": reason.strip(), "duplicate_of": duplicate_of.number if duplicate_of else ""},
    )
    return Voiding.objects.create(
        problem=problem,
        round=problem.round,
        done_at=at,
        done_by_id=by.person_id,
        text=reason.strip(),
        duplicate_of=duplicate_of,
    )
