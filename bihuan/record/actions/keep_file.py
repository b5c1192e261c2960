"""Keep a file that was handed in: as it came, by the hash of its content."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused
from bihuan.record import pictures, vault
from bihuan.record.filetypes import MB, FileType, not_taken, recognise, too_big
from bihuan.record.models import StoredFile

from .note_kept import note_kept

log = logging.getLogger("bihuan.record")


def keep_file(*, content: Any, name: str, by: Actor, at: datetime) -> StoredFile:
    """Keep `content` (bytes, an open binary file, or Django's upload) that came under `name`.

    The same content is kept once, whoever hands it in; the name and the right to see it belong to the
    row that attaches the file. Raises Invalid with a Chinese sentence when it is empty, too big, broken,
    or not of a type that is taken (by content, see `filetypes`). Call it before the transaction of the
    deed: decoding a photo takes a moment, and a content without a row harms nobody.
    """
    limit = settings.FILE_LIMIT_MB * MB
    declared = getattr(content, "size", None)
    if declared is not None and declared > limit:
        raise too_big(name, declared, settings.FILE_LIMIT_MB)
    try:
        with vault.receive(vault.chunks_of(content), limit=limit) as draft:
            if draft.size == 0:
                raise not_taken(name, "是空的，没有内容", "请核对后重新选择文件")
            kind = recognise(draft.path, name)
            known = StoredFile.objects.filter(sha256=draft.sha256).first()
            if known is not None and all(vault.has(sha) for sha in _contents(known)):
                return known
            fields = _fields(kind, draft, name)
            vault.keep(draft)
    except vault.TooBig:
        raise too_big(name, None, settings.FILE_LIMIT_MB) from None
    except OSError as problem:
        log.exception("a file could not be kept")
        raise Refused("文件存储现在写不进去，文件没有收下", "稍后再传；一直这样请告诉系统管理员") from problem
    with transaction.atomic():
        stored, new = StoredFile.objects.get_or_create(
            sha256=draft.sha256, defaults={**fields, "kept_at": at, "kept_by_id": by.person_id}
        )
        if new:
            note_kept(stored=stored, by=by, at=at)
    return stored


def _contents(stored: StoredFile) -> list[str]:
    return [sha for sha in (stored.sha256, stored.shown_sha256, stored.thumb_sha256) if sha]


def _fields(kind: FileType, draft: vault.Draft, name: str) -> dict[str, Any]:
    """What the row says about the content; for pictures the copies are made and kept here."""
    fields: dict[str, Any] = {"size": draft.size, "mime": kind.mime, "is_image": kind.family == "image"}
    if kind.family != "image":
        return fields
    try:
        picture = pictures.look(draft.path)
    except pictures.TooManyPixels as much:
        raise not_taken(
            name, f"的像素超过 {much} 百万，打开会占满内存", "请在手机或电脑上缩小后再传"
        ) from None
    except pictures.Broken:
        raise not_taken(name, "已损坏，图片打不开或不完整", "请重新拍摄，或从原设备再发一次") from None
    return fields | {
        "shown_sha256": vault.keep_bytes(picture.shown),
        "shown_mime": pictures.SHOWN_MIME,
        "thumb_sha256": vault.keep_bytes(picture.thumb),
        "width": picture.width,
        "height": picture.height,
        "captured_on_device": picture.captured,
        "latitude": picture.latitude,
        "longitude": picture.longitude,
    }
