"""Write the team's log of a day, or what else belongs to it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction

from bihuan.areas.inspection.models import Task
from bihuan.areas.onsite.access import Standing
from bihuan.areas.onsite.models import DayLog
from bihuan.areas.onsite.policies.daily import may_write_day
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.policies import insist
from bihuan.record.actions.append import append
from bihuan.record.closed import shut


@transaction.atomic
def write_day(
    *, task: Task, day: date, text: str, version: int = 0, standing: Standing, by: Actor, at: datetime
) -> DayLog:
    """One log a day of the whole team. `version` is that of the log the writer had before them, 0 for none: what
    somebody else wrote meanwhile is never written over (Stale)."""
    insist(may_write_day(task, standing))
    if day > local_day(at):
        raise Refused("日期在今天以后", "当天或以后再写", field="day")
    if (task.entered_on and day < task.entered_on) or (task.left_on and day > task.left_on):
        raise Refused("日期不在进驻期间", "核对日期", field="day")
    if not text.strip():
        raise Refused("要写做了什么", "几句话写清，数字会自动统计", field="text")
    log = DayLog.objects.filter(task=task, day=day).first() or DayLog(task=task, day=day, version=0)
    if log.version != version:
        raise Stale("这一天的日志有人写过了", "刷新页面，接着已写的改")
    shut(log, {"text": text.strip()})
    values = {"sealed": log.sealed, "written_at": at, "written_by_id": by.person_id, "version": version + 1}
    _keep(log, version, values)
    append(
        stream=log.stream, kind="onsite.day_amended" if version else "onsite.day_logged", by=by, at=at,
        subject=str(task.round), data={"task": task.pk, "day": day.isoformat()},
    )  # fmt: skip
    return log


def _keep(log: DayLog, version: int, values: dict) -> None:
    for name, value in values.items():
        setattr(log, name, value)
    if version:
        if not DayLog.objects.filter(pk=log.pk, version=version).update(**values):
            raise Stale()
        return
    try:
        with transaction.atomic():
            log.save(force_insert=True)
    except IntegrityError:
        raise Stale("这一天的日志有人写过了", "刷新页面，接着已写的改") from None
