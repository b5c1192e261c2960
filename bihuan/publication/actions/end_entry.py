"""Take something out of the catalogue: nothing new is drafted under it, what is public stays."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Stale
from bihuan.org.policies import insist
from bihuan.publication.models import Entry
from bihuan.publication.policies import may_keep_catalogue
from bihuan.record.actions.append import append


@transaction.atomic
def end_entry(*, entry: Entry, by: Actor, at: datetime) -> Entry:
    insist(may_keep_catalogue(by))
    if not Entry.objects.standing().filter(pk=entry.pk).update(ended_on=local_day(at)):
        raise Stale()
    entry.ended_on = local_day(at)
    append(
        stream=entry.stream, kind="publication.entry_ended", by=by, at=at, subject=entry.title,
        data={"entry": entry.code},
    )  # fmt: skip
    return entry
