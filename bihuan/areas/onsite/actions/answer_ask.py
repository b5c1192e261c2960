"""The department or unit answers, in words and with files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from bihuan.areas.onsite import states
from bihuan.areas.onsite.access import Standing
from bihuan.areas.onsite.advance import advance
from bihuan.areas.onsite.models import Ask
from bihuan.areas.onsite.policies.asks import ask_verdict
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused
from bihuan.record.actions.keep_closed import keep_closed
from bihuan.record.closed import opened, owner_of, shut
from bihuan.record.models import ClosedFile


@transaction.atomic
def answer_ask(
    *, ask: Ask, answer: str, files: Sequence[Any] = (), standing: Standing, by: Actor, at: datetime
) -> Ask:
    """`files` are uploads (a readable file with a `name`); they are closed like the words."""
    may = ask_verdict("answer", ask, standing)
    if may and not answer.strip():
        raise Refused("要写答复", "说明情况；有材料的一并附上", field="answer")
    there = ClosedFile.objects.filter(owner=owner_of(ask)).count()
    kept = []
    if may:
        shut(ask, {**opened(ask), "answer": answer.strip(), "back": ""})
        for order, file in enumerate(files, there + 1):
            kept.append(keep_closed(content=file, name=file.name, owner=ask, order=order, by=by, at=at))
    changes = {"sealed": ask.sealed, "answered_at": at, "answered_by_id": by.person_id}
    data = {"files": [one.stored.sha256 for one in kept]}
    advance(states.ASK["answer"], ask, may, by=by, at=at, changes=changes, data=data)
    return ask
