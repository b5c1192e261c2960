"""治理效果评估: a major hazard is evaluated by the supervising side before it may be closed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Invalid
from bihuan.problems.advance import advance
from bihuan.problems.models import Guarantees, Problem

from .join import join


@transaction.atomic
def evaluate(
    *, problem: Problem, text: str, by: Actor, at: datetime, occurred_at: datetime | None = None
) -> Guarantees:
    """Record who evaluated and the conclusion."""
    if not text.strip():
        raise Invalid("没有写评估结论", "写清谁评估、怎么评、结论是什么", field="text")
    advance("evaluate", problem, by=by, at=at, occurred_at=occurred_at, data={"text": text.strip()})
    join(problem=problem, person_id=by.person_id, side="verify")
    kept, _ = Guarantees.objects.update_or_create(
        problem=problem,
        defaults={"evaluation": text.strip(), "evaluated_at": at, "evaluated_by_id": by.person_id},
    )
    return kept
