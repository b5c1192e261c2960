"""Open a file that came with something closed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.onsite.access import Standing
from bihuan.areas.onsite.policies import may_read
from bihuan.areas.onsite.policies.reading import Thing
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Missing
from bihuan.org.policies import insist
from bihuan.record.actions.append import append
from bihuan.record.closed import Content, content_of, owner_of
from bihuan.record.models import ClosedFile


@transaction.atomic
def read_closed_file(*, thing: Thing, order: int, standing: Standing, by: Actor, at: datetime) -> Content:
    """Whoever may read the thing may read its files. Raises Missing where there is none."""
    may = may_read(thing, standing)
    file = ClosedFile.objects.filter(owner=owner_of(thing), order=order).select_related("stored").first()
    if file is None or (not may and may.hidden):
        raise Missing()
    insist(may)
    append(
        stream=thing.stream, kind="onsite.file_read", by=by, at=at, subject=str(thing),
        data={
            "task": thing.task_id, "thing": thing.DATA.value, "order": order, "as": sorted(standing.hats),
        },
    )  # fmt: skip
    return content_of(file)
