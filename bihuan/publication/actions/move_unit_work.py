"""A unit merges into another: what it was making public, and the opinions on it, go along."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, Q

from bihuan.kernel.actor import Actor
from bihuan.publication import states
from bihuan.publication.models import Publication


def move_unit_work(*, from_id: int, to_id: int, by: Actor, at: datetime) -> int:
    """Returns how many went. What has ended and is answered stays with the unit that did it."""
    waiting = Q(opinions__answered_on=None, opinions__isnull=False)
    moving = Publication.objects.filter(unit=from_id).filter(~Q(state__in=states.ENDED) | waiting)
    ids = list(moving.values_list("pk", flat=True).distinct())
    return Publication.objects.filter(pk__in=ids).update(unit=to_id, version=F("version") + 1)
