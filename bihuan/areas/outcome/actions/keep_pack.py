"""Keep a pack that was made: written to the disk as it comes, known to anybody only when it is whole."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from bihuan.areas.outcome.models import EvidencePack
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused
from bihuan.record import vault
from bihuan.record.actions.append import append
from bihuan.record.actions.note_kept import note_kept
from bihuan.record.models import StoredFile

MIME = "application/zip"
#: a pack may be larger than what people hand in, and still not fill the disk
LIMIT = 20 << 30


def keep_pack(
    *, pack: EvidencePack, pieces: Iterable[bytes], name: str, entries: list[int], by: Actor, at: datetime
) -> bool:
    """False when another worker was faster: its file counts. `entries` has one element once the pieces have come: how many
    files there are."""
    try:
        with vault.receive(pieces, limit=LIMIT) as draft:
            vault.keep(draft)
    except vault.TooBig:
        raise Refused("佐证包超过 20 GB", "分几次，每次选一部分问题") from None
    with transaction.atomic():
        fields = {"size": draft.size, "mime": MIME, "kept_at": at, "kept_by_id": by.person_id}
        stored, new = StoredFile.objects.get_or_create(sha256=draft.sha256, defaults=fields)
        if new:
            note_kept(stored=stored, by=by, at=at)
        values = {"made_on": at, "file": stored, "name": name[:200], "entries": entries[0]}
        if not EvidencePack.objects.filter(pk=pack.pk, made_on=None).update(**values):
            return False
        append(
            stream=pack.visit.stream, kind="outcome.pack_made", by=by, at=at, subject=pack.visit.document,
            data={"task": pack.task_id, "files": entries[0]},
        )  # fmt: skip
    return True
