"""Put a file to a talk, a draft, a complaint or a clue, as long as it may still be changed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from bihuan.areas.onsite.access import Standing
from bihuan.areas.onsite.models import Draft, Talk
from bihuan.areas.onsite.policies import may_amend_draft, may_amend_talk, may_work
from bihuan.kernel.actor import Actor
from bihuan.org.policies import insist
from bihuan.record.actions.append import append
from bihuan.record.actions.keep_closed import keep_closed
from bihuan.record.closed import owner_of
from bihuan.record.models import ClosedFile


def attach_closed(
    *, thing: Draft | Talk, content: Any, name: str, standing: Standing, by: Actor, at: datetime
) -> ClosedFile:
    """To a draft while it is written; to a talk by who talked, signed or not: the signed paper is scanned afterwards."""
    if isinstance(thing, Draft):
        insist(may_amend_draft(thing, standing))
    else:
        may = may_amend_talk(thing, standing) if thing.signed_at is None else may_work(thing.task, standing)
        insist(may)
    order = ClosedFile.objects.filter(owner=owner_of(thing)).count() + 1
    made = keep_closed(content=content, name=name, owner=thing, order=order, by=by, at=at)
    with transaction.atomic():
        append(
            stream=thing.stream, kind="onsite.file_attached", by=by, at=at, subject=str(thing),
            data={"task": thing.task_id, "sha256": made.stored.sha256},
        )  # fmt: skip
    return made
