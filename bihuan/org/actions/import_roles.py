"""Grant roles from the sheet of people: the security administrator's half of the same file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.org.policies import Row, insist_none_wrong, judge_roles

from .grant_role import grant_role


@transaction.atomic
def import_roles(*, rows: Sequence[Row], on: date, by: Actor, at: datetime) -> int:
    """Grant what the sheet says, all or none. Whoever imported the people cannot do this, and the reverse."""
    verdicts, gives = judge_roles(rows)
    insist_none_wrong(verdicts)
    for person, role, unit in gives:
        grant_role(role=role, unit=unit, person=person, from_day=on, by=by, at=at)
    return len(gives)
