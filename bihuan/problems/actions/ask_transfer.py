"""申请移交: it is another unit's problem, and here is why."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Invalid
from bihuan.org.models import Unit
from bihuan.problems.advance import advance
from bihuan.problems.models import Problem, Transfer


@transaction.atomic
def ask_transfer(
    *,
    problem: Problem,
    to_unit: Unit,
    reason: str,
    by: Actor,
    at: datetime,
    occurred_at: datetime | None = None,
) -> Transfer:
    """Ask another unit to take it. Nothing moves until that unit accepts."""
    if not reason.strip():
        raise Invalid("没有写移交的理由", "写清为什么该由对方负责", field="reason")
    if to_unit.pk == problem.unit_id:
        raise Invalid(f"问题本来就在{to_unit}", "选另一个单位", field="to_unit")
    if not to_unit.is_open(local_day(at)):
        raise Invalid(f"{to_unit}已经撤销", "选接替它的单位", field="to_unit")
    advance(
        "ask_transfer",
        problem,
        by=by,
        at=at,
        occurred_at=occurred_at,
        data={"text": reason.strip(), "from_unit": problem.unit_id, "to_unit": to_unit.pk},
    )
    return Transfer.objects.create(
        problem=problem,
        round=problem.round,
        done_at=at,
        done_by_id=by.person_id,
        text=reason.strip(),
        from_unit=problem.unit,
        to_unit=to_unit,
    )
