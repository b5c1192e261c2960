"""What a unit still answers for: what is on its way, what is public, opinions without an answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from bihuan.publication import states, words
from bihuan.publication.models import Opinion, Publication
from bihuan.registry.lines import WorkLine


def unit_work(unit_id: int, at: datetime) -> Iterator[WorkLine]:
    """Two queries."""
    for one in Publication.objects.filter(unit=unit_id).exclude(state__in=states.ENDED).order_by("pk"):
        label = f"{one.number} {one.get_state_display()}"
        yield WorkLine(f"publication:{one.pk}", label, one.get_absolute_url(), one.to_day, unit_id, one.title)
    waiting = Opinion.objects.filter(publication__unit=unit_id, answered_on=None).order_by("due_on", "pk")
    for opinion in waiting:
        label = f"{words.ANSWER} {opinion.pk}"
        url = reverse("publication:opinion", args=[opinion.pk])
        yield WorkLine(f"opinion:{opinion.pk}", label, url, opinion.due_on, unit_id)
