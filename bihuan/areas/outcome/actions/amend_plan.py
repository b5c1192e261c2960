"""Change who stands for a plan, and who the leaders are, before it is handed in again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from bihuan.areas.onsite.access import Standing
from bihuan.areas.outcome import states
from bihuan.areas.outcome.models import RectificationPlan
from bihuan.areas.outcome.policies.plan import may_amend_plan
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Stale
from bihuan.org.models import Person
from bihuan.org.policies import insist
from bihuan.record.actions.append import append

from .check_day import check_day
from .prepare_plan import check_leaders


@transaction.atomic
def amend_plan(
    *,
    plan: RectificationPlan,
    head: Person,
    leaders: Iterable[Person],
    met_on: date,
    standing: Standing,
    by: Actor,
    at: datetime,
) -> RectificationPlan:
    insist(may_amend_plan(plan, standing, by))
    team = check_leaders(plan.feedback, head, leaders)
    check_day(on=met_on, since=plan.feedback.received_on, what="签收日期", at=at)
    values = {"head_id": head.pk, "met_on": met_on, "version": plan.version + 1}
    open_states = states.RECT_PLAN["submit"].sources
    here = RectificationPlan.objects.filter(pk=plan.pk, state__in=open_states, version=plan.version)
    if not here.update(**values):
        raise Stale()
    plan.leaders.set(team)
    plan.head, plan.met_on, plan.version = head, met_on, plan.version + 1
    append(
        stream=plan.stream, kind="outcome.plan_amended", by=by, at=at, subject=str(plan),
        data={"task": plan.feedback.task_id, "head": head.pk, "leaders": sorted(one.pk for one in team)},
    )  # fmt: skip
    return plan
