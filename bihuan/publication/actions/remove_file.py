"""Take a file away from a draft."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Stale
from bihuan.org.policies import insist
from bihuan.publication.models import PublicFile
from bihuan.publication.policies import verdict
from bihuan.record.actions.append import append


@transaction.atomic
def remove_file(*, file: PublicFile, by: Actor, at: datetime) -> None:
    publication = file.publication
    insist(verdict("redraft", publication, by))
    gone, _ = PublicFile.objects.filter(pk=file.pk).delete()
    if not gone:
        raise Stale()
    append(
        stream=publication.stream, kind="publication.file_removed", by=by, at=at, subject=publication.number,
        unit_id=publication.unit_id, data={"file": file.file.sha256},
    )  # fmt: skip
