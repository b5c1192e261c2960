"""催办: a person asks the owner to get on with it; the reaction tells the owner."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.problems.advance import advance
from bihuan.problems.models import Problem
from bihuan.record.models import Event


@transaction.atomic
def remind(*, problem: Problem, by: Actor, at: datetime, text: str = "") -> Event:
    """Put the urging into the thread. Raises Refused while there is nobody to urge."""
    return advance("remind", problem, by=by, at=at, data={"lead": problem.lead_id, "text": text.strip()})
