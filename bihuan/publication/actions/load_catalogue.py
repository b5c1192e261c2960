"""Put the catalogue that comes with the product into an installation. Safe to run at every start."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from bihuan.kernel.actor import SYSTEM
from bihuan.kernel.moment import local_day
from bihuan.publication.models import Entry
from bihuan.record.actions.append import append

FILE = Path(__file__).resolve().parents[1] / "catalogue.json"


@transaction.atomic
def load_catalogue(*, at: datetime, since: date | None = None) -> list[Entry]:
    """Returns the entries that were new. One that is there, changed or ended, is left as it is. What recurs counts
    from `since` (today, if left out): nothing is overdue on the day the catalogue comes."""
    rows = json.loads(FILE.read_text(encoding="utf-8"))["entries"]
    known = set(Entry.objects.filter(code__in=[row["code"] for row in rows]).values_list("code", flat=True))
    made = []
    for row in rows:
        if row["code"] in known:
            continue
        entry = Entry.objects.create(since=since or local_day(at), made_at=at, **row)
        append(
            stream=entry.stream, seq=1, kind="publication.entry_kept", by=SYSTEM, at=at, subject=entry.title,
            data={"entry": entry.code, "chain": entry.chain},
        )  # fmt: skip
        made.append(entry)
    return made
