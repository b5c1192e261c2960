"""The event of a file that was kept: from here on the chain says which contents must be there."""

from __future__ import annotations

from datetime import datetime

from bihuan.kernel.actor import Actor
from bihuan.record.chain import kept_data
from bihuan.record.models import Event, StoredFile

from .append import append


def note_kept(*, stored: StoredFile, by: Actor, at: datetime) -> Event:
    """In the transaction that made the row."""
    return append(
        stream=f"file:{stored.pk}",
        seq=1,
        kind="file.kept",
        by=by,
        at=at,
        subject=stored.sha256[:12],
        data=kept_data(stored),
    )
