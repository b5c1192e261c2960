"""The leader submits the mid-term report to the office and the leading group."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.onsite import states
from bihuan.areas.onsite.access import Standing
from bihuan.areas.onsite.advance import advance
from bihuan.areas.onsite.models import Midterm
from bihuan.areas.onsite.policies.daily import midterm_verdict
from bihuan.kernel.actor import Actor
from bihuan.record.closed import fingerprint


@transaction.atomic
def submit_midterm(*, midterm: Midterm, standing: Standing, by: Actor, at: datetime) -> Midterm:
    """From here on they may read it, and it does not change; the event keeps its fingerprint."""
    may = midterm_verdict("submit", midterm, standing)
    changes = {"submitted_at": at, "submitted_by_id": by.person_id}
    data = {"fingerprint": fingerprint(midterm) if may else ""}
    advance(states.MIDTERM["submit"], midterm, may, by=by, at=at, changes=changes, data=data)
    return midterm
