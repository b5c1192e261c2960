"""Put a file beside a draft."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.org.policies import insist
from bihuan.publication.models import Publication, PublicFile
from bihuan.publication.policies import verdict
from bihuan.record.actions.append import append
from bihuan.record.actions.keep_file import keep_file


def add_file(
    *, publication: Publication, content: Any, name: str, outside: bool, by: Actor, at: datetime
) -> PublicFile:
    """Of a photo only the copy without what the camera wrote is ever shown. `outside`: society sees it, too."""
    insist(verdict("redraft", publication, by))
    stored = keep_file(content=content, name=name, by=by, at=at)
    with transaction.atomic():
        made = PublicFile.objects.create(
            publication=publication, file=stored, name=name[:200], added_at=at, added_by_id=by.person_id,
            outside=outside and publication.scope != "inside",
        )  # fmt: skip
        append(
            stream=publication.stream, kind="publication.file_added", by=by, at=at, subject=publication.number,
            unit_id=publication.unit_id, data={"file": stored.sha256},
        )  # fmt: skip
    return made
