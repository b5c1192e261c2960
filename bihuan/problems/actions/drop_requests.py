"""What nobody answered falls away when the problem ends: left open, it would still be granted after a relapse."""

from __future__ import annotations

from datetime import datetime

from bihuan.problems.models import Extension, Problem, Transfer, Voiding

_ANSWERS = (
    ("extension", Extension, "granted"),
    ("transfer", Transfer, "accepted"),
    ("void", Voiding, "granted"),
)


def drop_requests(*, problem: Problem, at: datetime, why: str) -> list[str]:
    """Answer every open request of the problem with no, decided by nobody. Returns which kinds there were.

    Must run in the transaction of the step that ends the problem.
    """
    dropped = []
    for kind, rows, answer in _ANSWERS:
        waiting = rows.objects.filter(problem=problem, **{answer: None})
        if waiting.update(**{answer: False, "decided_at": at, "decision_text": why}):
            dropped.append(kind)
    return dropped
