"""Files on their way in: kept as they arrive, named by a signed slip, so that a refused form loses none.

A slip says which stored file it is, under which name it came, and whose it is; only that person can hand it
in again. Whoever guesses an id gets nothing: ids are never believed without the signature.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.core import signing
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST

from bihuan.kernel.refused import Invalid, Refused
from bihuan.problems.actions.attach import Upload
from bihuan.record.actions.keep_file import keep_file
from bihuan.record.models import StoredFile
from bihuan.record.reads import open_file
from bihuan.ui.access import SIGNED_IN, view
from bihuan.ui.refusals import sentence

from .forms.fields import Slot

SALT = "problems.upload"
DAY_S = 24 * 3600


@dataclass(frozen=True, slots=True)
class Slip:
    """A file that has arrived. `token` is what the form carries."""

    token: str
    file_id: int
    name: str


def take(request: HttpRequest, file) -> Slip:
    """Keep one uploaded file. Raises Refused with a sentence when it cannot be taken."""
    stored = keep_file(content=file, name=file.name, by=request.actor, at=request.at)
    name = file.name[:200]
    said = {"f": stored.pk, "n": name, "p": request.actor.person_id}
    return Slip(signing.dumps(said, salt=SALT), stored.pk, name)


def read_slip(request: HttpRequest, token: str) -> Slip:
    """The slip behind a token of this person, at most a day old. Raises Invalid."""
    try:
        said = signing.loads(token, salt=SALT, max_age=DAY_S)
    except signing.BadSignature:
        raise Invalid("有一个文件放得太久，或不是从本页传的", "重新选一次文件") from None
    if said["p"] != request.actor.person_id:
        raise Invalid("有一个文件是另一个账号传的", "重新选一次文件")
    return Slip(token, said["f"], said["n"])


def fill(request: HttpRequest, slots: Iterable[Slot]) -> bool:
    """Put what was handed in into the slots; False when a file was refused (its slot says why)."""
    fine = True
    for slot in slots:
        # a browser sends a file field that was left empty as an empty text
        for token in filter(None, request.POST.getlist(slot.name)):
            fine &= _try(slot, lambda token=token: read_slip(request, token))
        for file in request.FILES.getlist(slot.name):
            fine &= _try(slot, lambda file=file: take(request, file))
    return fine


def _try(slot: Slot, get) -> bool:
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


@require_POST
@view(needs=SIGNED_IN)
def upload(request: HttpRequest) -> JsonResponse:
    """One file, sent while the form is still being filled in: {id, name} or {reason}."""
    file = request.FILES.get("file")
    if file is None:
        return JsonResponse({"reason": "没有收到文件，请再选一次。"}, status=400)
    try:
        slip = take(request, file)
    except Refused as refused:
        return JsonResponse(
            {"reason": sentence(refused)}, status=400, json_dumps_params={"ensure_ascii": False}
        )
    return JsonResponse({"id": slip.token, "name": slip.name}, json_dumps_params={"ensure_ascii": False})
