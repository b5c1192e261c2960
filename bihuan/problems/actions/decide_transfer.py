"""接收移交: the other unit takes it, or says why not."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Invalid, Stale
from bihuan.org.models import Person
from bihuan.problems import words
from bihuan.problems.advance import advance
from bihuan.problems.models import Assignment, Letter, Measure, Plan, Problem, Transfer

from .end_letters import end_letters
from .index_words import index_words


@transaction.atomic
def decide_transfer(
    *,
    problem: Problem,
    accepted: bool,
    by: Actor,
    at: datetime,
    lead: Person | None = None,
    text: str = "",
    occurred_at: datetime | None = None,
) -> Problem:
    """Accept (unit and lead change, the state is 待认领 again) or refuse with a reason (nothing moves)."""
    if not accepted and not text.strip():
        raise Invalid("没有写不接收的理由", "写清为什么不该由本单位负责", field="text")
    asked = Transfer.objects.filter(problem=problem, accepted=None).select_related("to_unit").first()
    changes = {}
    if accepted and asked is not None:
        changes = {"unit_id": asked.to_unit_id, "lead_id": lead.pk if lead else None}
    advance(
        "decide_transfer",
        problem,
        by=by,
        at=at,
        occurred_at=occurred_at,
        changes=changes,
        target=None if accepted else problem.closure,
        data={"accepted": accepted, "text": text, "to_unit": asked.to_unit_id if asked else None},
    )
    if not Transfer.objects.filter(problem=problem, accepted=None).update(
        accepted=accepted, decided_at=at, decided_by_id=by.person_id, decision_text=text
    ):
        raise Stale()
    if accepted and asked is not None:
        problem.unit = asked.to_unit
        _leave_behind(problem, at)
        end_letters(problem=problem, why=Letter.Ended.UNIT, by=by, at=at)
        Assignment.objects.create(
            problem=problem,
            round=problem.round,
            done_at=at,
            done_by_id=by.person_id,
            text=text,
            unit=asked.to_unit,
            lead=lead,
            due_on=problem.due_on,
        )
        index_words(problem=problem)
    return problem


def _leave_behind(problem: Problem, at: datetime) -> None:
    """The other unit starts with its own people: whoever owned a measure no longer sees or works on it here, and
    a plan that was under review is nobody's to approve."""
    Measure.objects.filter(problem=problem).exclude(owner=None).update(owner=None)
    Plan.objects.filter(problem=problem, verdict="").update(
        verdict="returned", verdict_text=words.ENDED_BY_TRANSFER, verdict_at=at
    )
