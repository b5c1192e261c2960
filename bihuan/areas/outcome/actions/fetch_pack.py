"""下载佐证包: each time an event; nothing once the term is over."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.outcome.models import EvidencePack
from bihuan.areas.outcome.policies.checking import may_look_at
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Missing
from bihuan.record.actions.append import append
from bihuan.record.models import StoredFile


@transaction.atomic
def fetch_pack(*, pack: EvidencePack, by: Actor, at: datetime) -> StoredFile:
    """Raises Missing for one that is not made, and for whoever may not look now."""
    if pack.file is None or not may_look_at(pack.visit, by, local_day(at)):
        raise Missing()
    append(
        stream=pack.visit.stream, kind="outcome.pack_fetched", by=by, at=at, subject=pack.visit.document,
        data={"task": pack.task_id, "name": pack.name},
    )  # fmt: skip
    return pack.file
