"""Open one thing with the names of its files."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction

from bihuan.areas.onsite.access import Standing
from bihuan.areas.onsite.models import Clue, Complaint, Draft, Talk
from bihuan.kernel.actor import Actor
from bihuan.record.closed import opened, owner_of
from bihuan.record.models import ClosedFile

from .read_closed import read_closed


class FileName(NamedTuple):
    order: int
    name: str
    mime: str


@transaction.atomic
def read_whole(
    *, thing: Talk | Complaint | Draft | Clue, standing: Standing, by: Actor, at: datetime
) -> tuple[dict[str, Any], list[FileName]]:
    """Its words, and what came with it; one event, that of `read_closed`, which also refuses."""
    (said,) = read_closed(things=[thing], standing=standing, by=by, at=at)
    files = ClosedFile.objects.filter(owner=owner_of(thing)).order_by("order")
    return said, [FileName(file.order, told["name"], told["mime"]) for file in files for told in [opened(file)]]
