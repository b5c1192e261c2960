"""申请延期: the unit asks for a later deadline and says why."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Invalid
from bihuan.org.reads import rule_of
from bihuan.problems.advance import advance
from bihuan.problems.models import Extension, Problem


@transaction.atomic
def ask_extension(
    *,
    problem: Problem,
    new_due_on: date,
    reason: str,
    by: Actor,
    at: datetime,
    occurred_at: datetime | None = None,
) -> Extension:
    """Ask for a later deadline. Raises Invalid without a reason for a day that is not later, or too far."""
    if not reason.strip():
        raise Invalid("没有写延期的理由", "写清为什么办不完、还要做什么", field="reason")
    if problem.due_on is not None and new_due_on <= problem.due_on:
        raise Invalid(f"{new_due_on} 不比现期限 {problem.due_on} 晚", "填一个更晚的日期", field="new_due_on")
    most = int(rule_of(problem.rule_pack, "extension.max_days").value)
    if problem.due_on is not None and (new_due_on - problem.due_on).days > most:
        raise Invalid(f"一次最多延 {most} 天，{new_due_on} 超过了", "填早一点的日期", field="new_due_on")
    advance(
        "ask_extension",
        problem,
        by=by,
        at=at,
        occurred_at=occurred_at,
        data={"text": reason.strip(), "old": str(problem.due_on), "new": str(new_due_on)},
    )
    return Extension.objects.create(
        problem=problem,
        round=problem.round,
        done_at=at,
        done_by_id=by.person_id,
        text=reason.strip(),
        old_due_on=problem.due_on,
        new_due_on=new_due_on,
    )
