"""Open a closed file: who may read the thing may read it, and it is written down."""

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
def read_file(*, thing: Thing, file: ClosedFile, standing: Standing, by: Actor, at: datetime) -> Content:
    """Raises Missing where the file is another thing's, or the thing does not exist for this person."""
    may = may_read(thing, standing)
    if file.owner != owner_of(thing) or (not may and may.hidden):
        raise Missing()
    insist(may)
    append(
        stream=thing.stream, kind="onsite.file_read", by=by, at=at, subject=str(thing),
        data={"task": thing.task_id, "sha256": file.stored.sha256, "as": sorted(standing.hats)},
    )  # fmt: skip
    return content_of(file)
