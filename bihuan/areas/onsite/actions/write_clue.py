"""The row of a clue and its event: for somebody who notes one, and for a complaint that a meeting made one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from bihuan.areas.inspection.models import Task
from bihuan.areas.onsite.models import Clue
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Stale
from bihuan.record.actions.append import append
from bihuan.record.closed import shut

KEYS = ("subject", "post", "authority", "summary", "source", "severity")


@transaction.atomic
def write_clue(
    *, task: Task, said: Mapping[str, Any], noted_by: int, narrow: bool, by: Actor, at: datetime
) -> Clue:
    """`said` has KEYS and maybe `parts`: what it came from. The caller has asked whether this person may."""
    last = Clue.objects.filter(task=task).aggregate(last=Max("number"))["last"] or 0
    made = Clue(task=task, number=last + 1, narrow=narrow, noted_by_id=noted_by, noted_at=at)
    kept = {key: str(said.get(key, "")).strip() for key in KEYS}
    shut(made, {**kept, "parts": list(said.get("parts", []))})
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        raise Stale("序号被同时占用", "再存一次") from None
    data = {"task": task.pk, "narrow": narrow}
    append(stream=made.stream, seq=1, kind="onsite.clue_noted", by=by, at=at, subject=str(made), data=data)
    return made
