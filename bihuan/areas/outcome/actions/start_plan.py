"""印发实施: the agreed plan is in force."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from bihuan.areas.onsite.access import Standing
from bihuan.areas.outcome.models import RectificationPlan
from bihuan.areas.outcome.policies.plan import plan_verdict
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused

from .check_day import check_day
from .move_plan import move_plan


@transaction.atomic
def start_plan(
    *, plan: RectificationPlan, on: date, document: str, standing: Standing, by: Actor, at: datetime
) -> RectificationPlan:
    may = plan_verdict("start", plan, standing, by)
    if may:
        since = local_day(plan.approved_at) if plan.approved_at else None
        check_day(on=on, since=since, what="会审通过日期", at=at)
        if not document.strip():
            raise Refused("没有写印发文号", "如：热轧党发〔2026〕5 号", field="document")
    changes = {"started_on": on, "started_by_id": by.person_id, "document": document.strip()}
    data = {"on": on.isoformat(), "edition": plan.edition}
    move_plan(step="start", plan=plan, may=may, by=by, at=at, changes=changes, data=data)
    return plan
