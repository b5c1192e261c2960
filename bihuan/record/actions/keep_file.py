"""Keep a file that was handed in: as it came, by the hash of its content."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Invalid, Refused
from bihuan.record import pictures, vault
from bihuan.record.chain import kept_data
from bihuan.record.filetypes import FileType, recognise, tidy_name
from bihuan.record.models import StoredFile

from .append import append

log = logging.getLogger("bihuan.record")
MB = 1 << 20


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
        raise too_big(name, declared)
    try:
        with vault.receive(chunks_of(content), limit=limit) as draft:
            if draft.size == 0:
                raise no(name, "是空的，没有内容", "请核对后重新选择文件")
            kind = recognise(draft.path, name)
            known = StoredFile.objects.filter(sha256=draft.sha256).first()
            if known is not None and all(vault.has(sha) for sha in _contents(known)):
                return known
            fields = _fields(kind, draft, name)
            vault.keep(draft)
    except vault.TooBig:
        raise too_big(name, None) from None
    except OSError as problem:
        log.exception("a file could not be kept")
        raise Refused("文件存储现在写不进去，文件没有收下", "稍后再传；一直这样请告诉系统管理员") from problem
    with transaction.atomic():
        stored, new = StoredFile.objects.get_or_create(
            sha256=draft.sha256, defaults={**fields, "kept_at": at, "kept_by_id": by.person_id}
        )
        if new:
            write_down(stored, by, at)
    return stored


def write_down(stored: StoredFile, by: Actor, at: datetime) -> None:
    """The file's own event: from here on the chain says which contents must be there."""
    append(
        stream=f"file:{stored.pk}",
        seq=1,
        kind="file.kept",
        by=by,
        at=at,
        subject=stored.sha256[:12],
        data=kept_data(stored),
    )


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
        raise no(name, f"的像素超过 {much} 百万，打开会占满内存", "请在手机或电脑上缩小后再传") from None
    except pictures.Broken:
        raise no(name, "已损坏，图片打不开或不完整", "请重新拍摄，或从原设备再发一次") from None
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


def chunks_of(content: Any) -> Iterable[bytes]:
    if isinstance(content, (bytes, bytearray, memoryview)):
        return [bytes(content)]
    if hasattr(content, "chunks"):
        return content.chunks()
    return _read(content)


def _read(file: Any) -> Iterator[bytes]:
    while chunk := file.read(1 << 16):
        yield chunk


def no(name: str, reason: str, todo: str) -> Invalid:
    return Invalid(f"文件“{tidy_name(name, 40)}”{reason}", todo, field="file")


def too_big(name: str, size: int | None) -> Invalid:
    has = f"有 {size / MB:.0f} MB，" if size else ""
    return no(name, f"{has}超过 {settings.FILE_LIMIT_MB} MB 的上限", "请压缩图片或视频，或拆成几个文件再传")
