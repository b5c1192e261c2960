"""Ask a department for help, or push a unit to do now what should be done (巡中促)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from bihuan.areas.inspection.models import Task
from bihuan.areas.onsite import words
from bihuan.areas.onsite.access import Standing
from bihuan.areas.onsite.models import Ask
from bihuan.areas.onsite.policies.asks import fits, may_send
from bihuan.areas.onsite.reads.addressed import is_inside
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused
from bihuan.org.models import Unit
from bihuan.org.policies import insist
from bihuan.record.actions.append import append
from bihuan.record.closed import shut

from .keep_numbered import keep_numbered


@transaction.atomic
def send_ask(
    *, task: Task, kind: str, to: Unit, ask: str, due_on: date, standing: Standing, by: Actor, at: datetime
) -> Ask:
    """Only the team and the unit it is sent to read it, until the archive."""
    insist(may_send(task, standing, local_day(at)))
    insist(fits(task, kind, to, due_on, local_day(at)))
    if not ask.strip():
        raise Refused("要写清要什么、办什么", "写明事项和要求", field="ask")
    push = kind == words.PUSH
    made = Ask(
        task=task, kind=kind, push=push, to=to, inside=is_inside(task, to), due_on=due_on, asked_at=at,
        asked_by_id=by.person_id,
    )  # fmt: skip
    shut(made, {"ask": ask.strip(), "answer": "", "back": ""})
    keep_numbered(thing=made, push=push)
    data = {"task": task.pk, "unit": to.pk, "due": due_on.isoformat()}
    append(stream=made.stream, seq=1, kind="onsite.ask_sent", by=by, at=at, subject=str(made), data=data)
    return made
