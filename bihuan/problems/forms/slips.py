"""Files on their way in: kept as they arrive, named by a signed slip, so that a refused form loses none.

A slip says which stored file it is, under which name it came, and whose it is; only that person can hand it
in again. Whoever guesses an id gets nothing: ids are never believed without the signature.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core import signing

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Invalid, Refused
from bihuan.problems.actions.attach import Upload
from bihuan.record.actions.keep_file import keep_file
from bihuan.record.models import StoredFile
from bihuan.record.reads import open_file
from bihuan.ui.refusals import sentence

from .fields import Slot

SALT = "problems.upload"
DAY_S = 24 * 3600


@dataclass(frozen=True, slots=True)
class Slip:
    """A file that has arrived. `token` is what the form carries."""

    token: str
    file_id: int
    name: str


def take_file(file: Any, *, by: Actor, at: datetime) -> Slip:
    """Keep one uploaded file. Raises Refused with a sentence when it cannot be taken."""
    stored = keep_file(content=file, name=file.name, by=by, at=at)
    name = file.name[:200]
    said = {"f": stored.pk, "n": name, "p": by.person_id}
    return Slip(signing.dumps(said, salt=SALT), stored.pk, name)


def read_slip(token: str, *, by: Actor) -> Slip:
    """The slip behind a token of this person, at most a day old. Raises Invalid."""
    try:
        said = signing.loads(token, salt=SALT, max_age=DAY_S)
    except signing.BadSignature:
        raise Invalid("有一个文件放得太久，或不是从本页传的", "重新选一次文件") from None
    if said["p"] != by.person_id:
        raise Invalid("有一个文件是另一个账号传的", "重新选一次文件")
    return Slip(token, said["f"], said["n"])


def put_into(slot: Slot, get: Callable[[], Slip]) -> bool:
    """Put what was handed in into its slot; False when it was refused (the slot says why)."""
    try:
        slot.kept.append(get())
    except Refused as refused:
        slot.error = f"{slot.error}{sentence(refused)}"
        return False
    return True


def as_uploads(slots: Iterable[Slot]) -> list[Upload]:
    """What the actions take: the kept content, read again from the store."""
    slots = list(slots)
    stored = StoredFile.objects.in_bulk([slip.file_id for slot in slots for slip in slot.kept])
    return [
        Upload(open_file(stored[slip.file_id], "original"), slip.name, slot.role, slot.measure_id)
        for slot in slots
        for slip in slot.kept
        if slip.file_id in stored
    ]
