"""Take down what has reached the end of its term."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import SYSTEM
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Stale
from bihuan.publication.advance import advance
from bihuan.publication.models import Publication
from bihuan.publication.policies import verdict


def expire(*, at: datetime) -> int:
    """Each in a transaction of its own; safe to run twice. Returns how many came down."""
    gone = 0
    for one in Publication.objects.over(local_day(at)).select_related("unit").order_by("pk"):
        try:
            with transaction.atomic():
                advance("expire", one, verdict("expire", one, SYSTEM), by=SYSTEM, at=at)
        except Stale:  # somebody took it down this moment
            continue
        gone += 1
    return gone
