"""The answer is not enough: back, with the reason and a new day."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from bihuan.areas.onsite import states
from bihuan.areas.onsite.access import Standing
from bihuan.areas.onsite.advance import advance
from bihuan.areas.onsite.models import Ask
from bihuan.areas.onsite.policies.asks import ask_verdict
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused
from bihuan.record.closed import opened, shut


@transaction.atomic
def send_back_ask(*, ask: Ask, why: str, due_on: date, standing: Standing, by: Actor, at: datetime) -> Ask:
    may = ask_verdict("send_back", ask, standing)
    if may and not why.strip():
        raise Refused("要写缺什么", "写给收件单位看", field="why")
    if may and due_on < local_day(at):
        raise Refused("新的期限在今天以前", "选今天或以后", field="due_on")
    if may:
        shut(ask, {**opened(ask), "back": why.strip()})
    changes = {"sealed": ask.sealed, "due_on": due_on, "sent_back": ask.sent_back + 1}
    data = {"due": due_on.isoformat()}
    advance(states.ASK["send_back"], ask, may, by=by, at=at, changes=changes, data=data)
    return ask
