"""查看: every page a check team opens leaves an event; what the office opens of its own leaves none."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from bihuan.areas.outcome.models import CheckVisit
from bihuan.areas.outcome.policies.checking import looks, may_look_at
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Missing
from bihuan.record.actions.append import append


@transaction.atomic
def note_check_read(*, visit: CheckVisit, page: str, by: Actor, at: datetime, **about: Any) -> None:
    """`about` holds numbers and ids. Raises Missing outside the term."""
    if not may_look_at(visit, by, local_day(at)):
        raise Missing()
    if not looks(visit, by, local_day(at)):
        return
    append(
        stream=visit.stream, kind="outcome.check_read", by=by, at=at, subject=visit.document,
        data={"page": page, **about},
    )  # fmt: skip
