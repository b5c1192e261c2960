"""Write down how many opinions without a name a day brought."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count

from bihuan.kernel.actor import SYSTEM
from bihuan.kernel.moment import local_day
from bihuan.publication.models import Opinion, Publication
from bihuan.record.actions.append import append
from bihuan.record.models import Event

KIND = "publication.opinions_counted"


@transaction.atomic
def count_opinions(*, at: datetime) -> int:
    """Of yesterday, one event for each publication; run twice it writes nothing new. Returns how many it wrote."""
    day = local_day(at) - timedelta(days=1)
    rows = Opinion.objects.filter(given_on=day, sender=None).values_list("publication").annotate(Count("pk"))
    counts, written = dict(rows.order_by("publication")), 0
    for one in Publication.objects.in_bulk(counts).values():
        if Event.objects.filter(stream=one.stream, kind=KIND, data__on_day=day.isoformat()).exists():
            continue
        append(
            stream=one.stream, kind=KIND, by=SYSTEM, at=at, subject=one.number, unit_id=one.unit_id,
            data={"on_day": day.isoformat(), "number_taken": counts[one.pk]},
        )  # fmt: skip
        written += 1
    return written
