"""Write down that the notice of the inspection went out to the organisation."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction

from bihuan.areas.inspection.models import Notice, Task
from bihuan.areas.inspection.policies import may_prepare
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.policies import insist
from bihuan.record.actions.append import append


@transaction.atomic
def send_notice(*, task: Task, number: str, sent_on: date, receiver: str, by: Actor, at: datetime) -> Notice:
    """Once a task; it names who of the organisation signed for it."""
    insist(may_prepare(task, by))
    if sent_on > local_day(at):
        raise Refused("发出日期在今天以后", "发出以后再记", field="sent_on")
    if not number.strip() or not receiver.strip():
        raise Refused("要写文号和签收人", "补上再存", field="number")
    try:
        with transaction.atomic():
            made = Notice.objects.create(
                task=task, number=number.strip(), sent_on=sent_on, receiver=receiver.strip()
            )
    except IntegrityError:
        raise Stale("通知已经记过", "刷新页面看最新情况") from None
    append(
        stream=task.round.stream, kind="inspection.notice_sent", by=by, at=at, subject=str(task.round),
        data={"round_code": task.round.code, "org": task.org_id, "mode": task.mode, "on": sent_on.isoformat()},
    )  # fmt: skip
    return made
