"""Keep a file that came with something confidential: closed before it is stored."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.record import vault
from bihuan.record.closed import examined, owner_of, shut, shut_content
from bihuan.record.models import Closed, ClosedFile, StoredFile

from .note_kept import note_kept

_CLOSED = "application/octet-stream"


def keep_closed(
    *, content: Any, name: str, owner: Closed, order: int, by: Actor, at: datetime, bare: bool = False
) -> ClosedFile:
    """Like `keep_file`, but neither content nor name is readable without the strongbox. `bare` keeps of a picture the
    copy without EXIF only (who sent it, where and when it was taken is gone). Raises Invalid as `keep_file` does."""
    came = examined(content, name, limit_mb=settings.FILE_LIMIT_MB, bare=bare)
    key, closed = shut_content(came.data)
    sha256 = vault.keep_bytes(closed)
    with transaction.atomic():
        stored = StoredFile.objects.create(
            sha256=sha256, size=len(closed), mime=_CLOSED, kept_at=at, kept_by_id=by.person_id
        )
        note_kept(stored=stored, by=by, at=at)
        made = ClosedFile(owner=owner_of(owner), stored=stored, order=order)
        shut(made, {"key": key, "name": came.name, "mime": came.mime})
        made.save(force_insert=True)
    return made
