"""Put what was made beside the row of whoever asked for it: once; closed, if the kind is confidential."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.documents.models import MadePaper
from bihuan.kernel.actor import Actor
from bihuan.record.actions.append import append
from bihuan.record.actions.keep_closed import keep_closed
from bihuan.record.actions.keep_file import keep_file


@transaction.atomic
def keep_made(
    *, made: MadePaper, content: bytes, name: str, subject: str, unit_id: int | None, by: Actor, at: datetime
) -> bool:
    """False when another worker was faster: its file counts. `by` is whoever asked."""
    stored = None if made.confidential else keep_file(content=content, name=name, by=by, at=at)
    if not MadePaper.objects.filter(pk=made.pk, made_on=None).update(
        made_on=at, name=name[:200], file=stored
    ):
        return False
    if made.confidential:
        keep_closed(content=content, name=name, owner=made, order=1, by=by, at=at)
    append(
        stream=made.stream, kind="document.made", by=by, at=at, unit_id=unit_id, subject=subject,
        data={"kind": made.kind, "about": made.about, "which": made.which},
    )  # fmt: skip
    return True
