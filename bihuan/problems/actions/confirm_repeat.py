"""认定重复: a person says that a problem is one that was there before, here or elsewhere."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Invalid
from bihuan.problems.advance import advance
from bihuan.problems.models import Likeness, Problem

from .keep_verdict import keep_verdict


@transaction.atomic
def confirm_repeat(
    *,
    problem: Problem,
    like: Problem,
    kind: str,
    by: Actor,
    at: datetime,
    text: str = "",
    occurred_at: datetime | None = None,
) -> Problem:
    """Link `problem` to the earlier one, `like`, and count it. `kind`: `same` (重复发生、整改不彻底: the same place or
    equipment of one unit) or `spread` (举一反三不到位: elsewhere).

    The grade is not touched: that is for whoever hands the problem out. Raises Invalid where the two do not fit,
    Refused or Stale as any step.
    """
    if kind not in (Likeness.Verdict.SAME, Likeness.Verdict.SPREAD):
        raise Invalid("没有选是哪一种重复", "选“重复发生”或“举一反三不到位”", field="kind")
    if like.pk == problem.pk:
        raise Invalid("不能说与自己重复", "填另一件的编号", field="like")
    if like.closure == "void":
        raise Invalid(f"{like.number} 已经作废，不能说与它重复", "填没有作废的那一件", field="like")
    if like.repeat_of_id == problem.pk:
        raise Invalid(f"{like.number} 已认定是这一件的重复", "反过来不再认定", field="like")
    if kind == Likeness.Verdict.SAME and like.unit_id != problem.unit_id:
        raise Invalid("两件不在同一个单位，不是同一处的重复", "选“举一反三不到位”", field="kind")
    advance(
        "confirm_repeat",
        problem,
        by=by,
        at=at,
        occurred_at=occurred_at,
        changes={"repeat_of_id": like.pk},
        data={"like": like.pk, "verdict": kind, "text": text.strip()},
    )
    keep_verdict(problem=problem, like=like, verdict=kind, text=text, by=by, at=at)
    return problem
