"""Turn recurring work that has come due into jobs, once each however many workers look."""

from __future__ import annotations

from datetime import datetime, timedelta

from croniter import croniter
from django.db import transaction
from django.utils import timezone

from bihuan.kernel.actor import SYSTEM
from bihuan.record.models import TickRun
from bihuan.registry import shelf

from .enqueue import enqueue

TICK = "record.tick"


def last_due(cron: str, at: datetime) -> datetime:
    """The latest moment not after `at` at which this cron line (local time) came due."""
    local = at.astimezone(timezone.get_default_timezone()).replace(microsecond=0)
    return croniter(cron, local + timedelta(seconds=1)).get_prev(datetime)


def fire_ticks(*, at: datetime) -> list[str]:
    """Codes of the ticks this call has put on the list of jobs.

    Compare-and-swap on the moment last seen decides between workers; the job is written in the same
    transaction, so a worker killed in between loses nothing. Moments missed while nothing ran count as
    one. A tick seen for the first time starts counting now.
    """
    seen = dict(TickRun.objects.values_list("code", "last_due"))
    fired = []
    for code, tick in shelf.ticks().items():
        due = last_due(tick.cron, at)
        if code not in seen:
            TickRun.objects.get_or_create(code=code, defaults={"last_due": due})
        elif seen[code] < due:
            with transaction.atomic():
                if TickRun.objects.filter(code=code, last_due=seen[code]).update(last_due=due):
                    enqueue(kind=TICK, payload={"tick": code, "due": due.isoformat()}, by=SYSTEM, at=at)
                    fired.append(code)
    return fired
