"""Every night: how much came by the public pages on each day that is over, written where it cannot be taken back."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from datetime import date, datetime

from django.db import transaction

from bihuan.areas.onsite.models import Complaint, Submission
from bihuan.kernel.actor import SYSTEM
from bihuan.kernel.moment import local_day
from bihuan.record.actions.append import append
from bihuan.record.models import Event

KIND = "onsite.told_tallied"


@transaction.atomic
def tally_told(*, at: datetime) -> int:
    """One event a task and day: the number, and a fingerprint over the receipts' digests in their own order. What
    disappears afterwards shows against it, and no event stands at the minute somebody wrote (ADR 27). Safe to run twice."""
    found: dict[tuple[int, date], list[str]] = defaultdict(list)
    public = Complaint.objects.filter(public=True)
    for rows in (Submission.objects.all(), public):
        past = rows.filter(received_on__lt=local_day(at))
        for task, day, receipt in past.values_list("task_id", "received_on", "receipt"):
            found[task, day].append(receipt)
    known = Event.objects.filter(kind=KIND).values_list("data__task", "data__day")
    done = {(task, date.fromisoformat(day)) for task, day in known}
    fresh = sorted(set(found) - done)
    for task, day in fresh:
        receipts = sorted(found[task, day])
        tally = hashlib.sha256("".join(receipts).encode()).hexdigest()
        append(
            stream=f"onsite-task:{task}", kind=KIND, by=SYSTEM, at=at,
            data={"task": task, "day": day.isoformat(), "count": len(receipts), "tally": tally},
        )  # fmt: skip
    return len(fresh)
