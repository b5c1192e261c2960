"""The team has looked at the answer: it is done."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.onsite import states
from bihuan.areas.onsite.access import Standing
from bihuan.areas.onsite.advance import advance
from bihuan.areas.onsite.models import Ask
from bihuan.areas.onsite.policies.asks import ask_verdict
from bihuan.kernel.actor import Actor


@transaction.atomic
def settle_ask(*, ask: Ask, standing: Standing, by: Actor, at: datetime) -> Ask:
    changes = {"settled_at": at, "settled_by_id": by.person_id}
    advance(states.ASK["settle"], ask, ask_verdict("settle", ask, standing), by=by, at=at, changes=changes)
    return ask
