"""Write a working draft: one fact."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from bihuan.areas.inspection.models import Focus, Task
from bihuan.areas.onsite.access import Standing
from bihuan.areas.onsite.models import Draft
from bihuan.areas.onsite.policies import may_write_draft
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.policies import insist
from bihuan.record.actions.append import append
from bihuan.record.closed import shut


@transaction.atomic
def write_draft(
    *, task: Task, focus: Focus, said: Mapping[str, Any], standing: Standing, by: Actor, at: datetime
) -> Draft:
    """`said` has the keys of `words.DRAFT_FIELDS`, `evidence` (rows of name, number, kind) and `parties` (rows of who,
    kind); nothing of it need be complete before it is handed in, but its title."""
    insist(may_write_draft(task, standing))
    if focus.framework_id != task.framework_id:
        raise Refused("这个重点不在本任务的关注重点里", "选本任务的重点", field="focus")
    if not str(said.get("title", "")).strip():
        raise Refused("要写问题", "一句话写清是什么问题", field="title")
    last = Draft.objects.filter(task=task).aggregate(last=Max("number"))["last"] or 0
    made = Draft(task=task, number=last + 1, focus=focus, written_by_id=by.person_id, written_at=at)
    shut(made, said)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        raise Stale("编号被同时占用", "再存一次") from None
    data = {"task": task.pk, "focus": focus.pk}
    append(stream=made.stream, seq=1, kind="onsite.draft_written", by=by, at=at, subject=str(made), data=data)
    return made
