"""Plan a visit that several bodies share."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from bihuan.areas.inspection.models import Task
from bihuan.areas.joint.models import JointTask
from bihuan.areas.joint.policies import may_plan
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused
from bihuan.org.policies import insist
from bihuan.record.actions.append import append


@transaction.atomic
def plan_joint(*, task: Task, title: str, plan: str, by: Actor, at: datetime) -> JointTask:
    """One joint task per task of inspection: one visit, one plan. Not for a task whose team has left."""
    insist(may_plan(by))
    if not title.strip():
        raise Refused("联动任务要有名称", "如“热轧厂巡审联动”", field="title")
    if not plan.strip():
        raise Refused("没有写联动方案", "写明一次进驻怎么分工、资料怎么共用", field="plan")
    if task.left_on is not None or task.round.state == "cancelled":
        raise Refused("任务已离场或轮次已取消", "选一项还没有离场的任务", field="task")
    try:
        with transaction.atomic():
            made = JointTask.objects.create(
                task=task, title=title.strip(), plan=plan.strip(), made_at=at, made_by_id=by.person_id
            )
    except IntegrityError:
        raise Refused("这项任务已经有联动任务", "在原来的联动任务里列入部门", field="task") from None
    append(
        stream=made.stream, seq=1, kind="joint.planned", by=by, at=at, subject=str(made),
        data={"round_code": task.round.code, "org": task.org_id, "mode": task.mode},
    )  # fmt: skip
    return made
