"""Keep a file that came with something confidential: closed before it is stored."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.record import pictures, vault
from bihuan.record.closed import owner_of, shut, shut_content
from bihuan.record.filetypes import MB, not_taken, recognise, tidy_name, too_big
from bihuan.record.models import Closed, ClosedFile, StoredFile

from .note_kept import note_kept

_CLOSED = "application/octet-stream"


def keep_closed(
    *, content: Any, name: str, owner: Closed, order: int, by: Actor, at: datetime, bare: bool = False
) -> ClosedFile:
    """Like `keep_file`, but neither content nor name is readable without the strongbox. `bare` keeps of a picture the
    copy without EXIF only (who sent it, where and when it was taken is gone). Raises Invalid as `keep_file` does."""
    limit = settings.FILE_LIMIT_MB * MB
    try:
        with vault.receive(vault.chunks_of(content), limit=limit) as draft:
            if draft.size == 0:
                raise not_taken(name, "是空的，没有内容", "请核对后重新选择文件")
            kind = recognise(draft.path, name)
            data, mime = draft.path.read_bytes(), kind.mime
            if bare and kind.family == "image":
                data, mime = _without_traces(draft, name), pictures.SHOWN_MIME
    except vault.TooBig:
        raise too_big(name, None, settings.FILE_LIMIT_MB) from None
    key, closed = shut_content(data)
    sha256 = vault.keep_bytes(closed)
    with transaction.atomic():
        stored = StoredFile.objects.create(
            sha256=sha256, size=len(closed), mime=_CLOSED, kept_at=at, kept_by_id=by.person_id
        )
        note_kept(stored=stored, by=by, at=at)
        made = ClosedFile(owner=owner_of(owner), stored=stored, order=order)
        shut(made, {"key": key, "name": tidy_name(name, 120), "mime": mime})
        made.save(force_insert=True)
    return made


def _without_traces(draft: vault.Draft, name: str) -> bytes:
    try:
        return pictures.look(draft.path).shown
    except pictures.TooManyPixels as much:
        raise not_taken(
            name, f"的像素超过 {much} 百万，打开会占满内存", "请在手机或电脑上缩小后再传"
        ) from None
    except pictures.Broken as broken:
        raise not_taken(name, "已损坏，图片打不开或不完整", "请重新拍摄，或从原设备再发一次") from broken
