"""List an organisation in a round."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from bihuan.areas.inspection.models import Framework, Round, ScopeOrg, Task
from bihuan.areas.inspection.policies import may_change_tasks
from bihuan.areas.inspection.words import ENTRIES, MODES
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused
from bihuan.org.models import PartyOrg
from bihuan.org.policies import insist
from bihuan.record.actions.append import append

#: these look at an organisation below one in scope, or at one that was inspected before
_BEYOND_SCOPE = ("elevated", "extended")


@transaction.atomic
def add_task(
    *,
    round: Round,
    org: PartyOrg,
    mode: str,
    framework: Framework,
    from_day: date,
    to_day: date,
    by: Actor,
    at: datetime,
    entry: str = "simultaneous",
) -> Task:
    """One organisation may carry a regular and a special task in the same round, never the same one twice."""
    insist(may_change_tasks(round, by))
    _check(round, org, mode, framework, from_day, to_day, entry)
    task = Task.objects.create(
        round=round, org=org, mode=mode, framework=framework, from_day=from_day, to_day=to_day, entry=entry
    )
    append(
        stream=round.stream,
        kind="inspection.task_added",
        by=by,
        at=at,
        subject=str(round),
        data={"round_code": round.code, "org": org.pk, "mode": mode, "topic": framework.title},
    )
    return task


def _check(
    round: Round, org: PartyOrg, mode: str, framework: Framework, first: date, last: date, entry: str
) -> None:
    if mode not in dict(MODES) or entry not in dict(ENTRIES):
        raise Refused("没有这种方式", f"可选：{'、'.join(label for _, label in MODES)}", field="mode")
    if (mode == "special") != framework.special:
        what = "专项任务要选一个专题" if mode == "special" else f"{dict(MODES)[mode]}任务不用专题的重点"
        raise Refused(what, "换方式，或换关注重点", field="framework")
    if last < first:
        raise Refused("离场早于进驻", "核对两个日期", field="to_day")
    if first < round.starts_on or last > round.ends_on:
        span = f"{round.starts_on:%Y-%m-%d} 至 {round.ends_on:%Y-%m-%d}"
        raise Refused(f"不在本轮的起止日期里（{span}）", "改任务的日期", field="from_day")
    if mode not in _BEYOND_SCOPE and not _in_scope(round, org):
        raise Refused(
            f"{org}不在{round.plan.term}的巡察范围", "先在五年规划里列入，或用提级、延伸", field="org"
        )
    if Task.objects.filter(round=round, org=org, mode=mode, framework=framework).exists():
        raise Refused(f"{org}在本轮已有同样的任务", "换方式或专题", field="org")


def _in_scope(round: Round, org: PartyOrg) -> bool:
    return ScopeOrg.objects.filter(term=round.plan.term_id, org=org, left_on=None).exists()
