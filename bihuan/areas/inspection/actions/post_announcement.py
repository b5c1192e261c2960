"""Write down that the announcement was posted, with how people reach the team."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction

from bihuan.areas.inspection.models import Announcement, Task
from bihuan.areas.inspection.policies import may_prepare
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.policies import insist
from bihuan.record.actions.append import append


@transaction.atomic
def post_announcement(
    *, task: Task, posted_on: date, places: str, phone: str, mailbox: str, accepts_until: date, by: Actor,
    at: datetime,
) -> Announcement:  # fmt: skip
    """Once a task. Complaints are taken until `accepts_until`, which lies before the team leaves."""
    insist(may_prepare(task, by))
    said = {"places": places.strip(), "phone": phone.strip(), "mailbox": mailbox.strip()}
    for field, value in said.items():
        if not value:
            raise Refused("公告要写张贴地点、电话和信箱", "补上再存", field=field)
    if posted_on > local_day(at):
        raise Refused("张贴日期在今天以后", "张贴以后再记", field="posted_on")
    if not task.from_day <= accepts_until <= task.to_day:
        raise Refused("受理截止要在进驻期间", f"{task.from_day} 至 {task.to_day}", field="accepts_until")
    try:
        with transaction.atomic():
            made = Announcement.objects.create(
                task=task, posted_on=posted_on, accepts_until=accepts_until, **said
            )
    except IntegrityError:
        raise Stale("公告已经记过", "刷新页面看最新情况") from None
    append(
        stream=task.round.stream, kind="inspection.announced", by=by, at=at, subject=str(task.round),
        data={
            "round_code": task.round.code, "org": task.org_id, "mode": task.mode,
            "on": posted_on.isoformat(), "accepts_until": accepts_until.isoformat(),
        },
    )  # fmt: skip
    return made
