"""Register a complaint that reached the team."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from bihuan.areas.inspection.models import Task
from bihuan.areas.onsite import words
from bihuan.areas.onsite.access import Standing
from bihuan.areas.onsite.models import Complaint
from bihuan.areas.onsite.policies import may_register
from bihuan.areas.onsite.reads.complaints import next_number
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.policies import insist
from bihuan.record.actions.append import append
from bihuan.record.actions.keep_closed import keep_closed
from bihuan.record.closed import shut


@transaction.atomic
def register_complaint(
    *,
    task: Task,
    channel: str,
    received_on: date,
    said: Mapping[str, str],
    files: Sequence[tuple[str, Any]] = (),
    standing: Standing,
    by: Actor,
    at: datetime,
) -> Complaint:
    """`said` has `summary`, `subject`, `rank`, `topic`, `way` and, if the sender gave them, `name` and `phone`."""
    insist(may_register(task, standing))
    _insist_right(task, channel, received_on, said, at)
    sender = {key: str(said.get(key, "")).strip() for key in ("name", "phone")}
    made = Complaint(
        task=task, number=next_number(task), channel=channel, received_on=received_on, named=any(sender.values()),
        registered_by_id=by.person_id, registered_at=at,
    )  # fmt: skip
    kept = {key: str(said.get(key, "")).strip() for key in ("summary", "subject", "rank", "topic", "way")}
    shut(made, {**kept, "sender": sender})
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        raise Stale("序号被同时占用", "再存一次") from None
    for order, (name, content) in enumerate(files, 1):
        keep_closed(content=content, name=name, owner=made, order=order, by=by, at=at)
    data = {"task": task.pk, "channel": channel, "files": len(files)}
    append(
        stream=made.stream,
        seq=1,
        kind="onsite.complaint_registered",
        by=by,
        at=at,
        subject=str(made),
        data=data,
    )
    return made


def _insist_right(task: Task, channel: str, on: date, said: Mapping[str, str], at: datetime) -> None:
    if channel not in words.WAYS:
        raise Refused("扫码来件由组长收进登记", "选其他途径", field="channel")
    if on > local_day(at):
        raise Refused("收到日期在今天以后", "收到以后再登记", field="received_on")
    if not str(said.get("summary", "")).strip():
        raise Refused("要写反映的内容", "补上再存", field="summary")
    if said.get("topic") not in dict(words.TOPICS):
        raise Refused("要选反映的类别", "在列出的类别里选", field="topic")
    if said.get("rank") not in dict(words.RANKS):
        raise Refused("要选反映对象的层级", "没有写明就选“没有写明”", field="rank")
