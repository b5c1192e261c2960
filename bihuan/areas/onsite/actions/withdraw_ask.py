"""What was asked is not needed any more; who it was sent to no longer sees it."""

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
def withdraw_ask(*, ask: Ask, standing: Standing, by: Actor, at: datetime) -> Ask:
    advance(states.ASK["withdraw"], ask, ask_verdict("withdraw", ask, standing), by=by, at=at)
    return ask
