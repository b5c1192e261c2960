"""Closes and opens the words of a confidential row. Only actions may import it (contract `sealed`): whoever opens has
asked whether this person may, and writes down that they read.

One row, one text: all its words together, as JSON, under the purpose `<model>:<key>`. The keys are those of the
strongbox, in neither the database nor its backups.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from base64 import b64decode, b64encode
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from . import pictures, vault
from .filetypes import FAMILIES, MB, not_taken, recognise, tidy_name, too_big
from .models import Closed, ClosedFile
from .strongbox import Lost, closed_anew, shut_away, take_out

_KEY, _NONCE = 32, 12


@dataclass(frozen=True, slots=True)
class Content:
    """A closed file, opened: its name and type as they came."""

    name: str
    mime: str
    data: bytes


def owner_of(thing: Closed) -> str:
    """How a closed file names the thing it belongs to."""
    return f"{thing._meta.label_lower}:{thing.key}"


def shut(thing: Closed, words: Mapping[str, Any]) -> None:
    """Put these words (strings, numbers, lists, mappings) into the row's sealed text; the caller saves the row."""
    thing.sealed = shut_away(json.dumps(words, ensure_ascii=False), owner_of(thing))


def opened(thing: Closed) -> dict[str, Any]:
    """The words of the row. Raises Lost when the key is gone, or the text is another row's."""
    return json.loads(take_out(thing.sealed, owner_of(thing)))


def fingerprint(thing: Closed) -> str:
    """A sha256 over the words and the row's key: an event that keeps it shows later whether they changed. It survives
    new keys of the house; short words could be guessed from it, so it is for long ones."""
    words = json.dumps(opened(thing), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(f"{thing.key}\0{words}".encode()).hexdigest()


def examined(
    content: Any, name: str, *, limit_mb: int, bare: bool, families: Collection[str] = tuple(FAMILIES)
) -> Content:
    """What arrived, looked at as `keep_file` does and not kept: its tidy name, its type and its bytes. `bare` gives of a
    picture the copy without EXIF; kinds outside `families` are not taken. Raises Invalid."""
    try:
        with vault.receive(vault.chunks_of(content), limit=limit_mb * MB) as draft:
            if draft.size == 0:
                raise not_taken(name, "是空的，没有内容", "请核对后重新选择文件")
            kind = recognise(draft.path, name)
            if kind.family not in families:
                raise not_taken(name, "这里不收", "请交图片、PDF、Word、Excel 或文本；录像可以截图")
            data, mime = draft.path.read_bytes(), kind.mime
            if bare and kind.family == "image":
                data, mime = _without_traces(draft, name), pictures.SHOWN_MIME
    except vault.TooBig:
        raise too_big(name, None, limit_mb) from None
    return Content(tidy_name(name, 120), mime, data)


def _without_traces(draft: vault.Draft, name: str) -> bytes:
    try:
        return pictures.look(draft.path).shown
    except pictures.TooManyPixels as much:
        raise not_taken(
            name, f"的像素超过 {much} 百万，打开会占满内存", "请在手机或电脑上缩小后再传"
        ) from None
    except pictures.Broken as broken:
        raise not_taken(name, "已损坏，图片打不开或不完整", "请重新拍摄，或从原设备再发一次") from broken


def shut_content(content: bytes) -> tuple[str, bytes]:
    """(key, closed content) under a key made for it alone: when the keys of the house change, only its row does."""
    key, nonce = AESGCM.generate_key(_KEY * 8), secrets.token_bytes(_NONCE)
    return b64encode(key).decode(), nonce + AESGCM(key).encrypt(nonce, content, None)


def content_of(file: ClosedFile) -> Content:
    """The file as it came. Raises Lost, or FileNotFoundError when the store has lost it."""
    said = opened(file)
    with vault.open_kept(file.stored.sha256) as kept:
        raw = kept.read()
    return Content(said["name"], said["mime"], opened_content(said["key"], raw))


def opened_content(key: str, closed: bytes) -> bytes:
    """What `shut_content` closed. Raises Lost when it was changed."""
    try:
        return AESGCM(b64decode(key)).decrypt(closed[:_NONCE], closed[_NONCE:], None)
    except InvalidTag:
        raise Lost("封存的文件打不开：内容被改过", "从备份恢复这个文件") from None


def reseal(*models: type[Closed]) -> int:
    """Closes every row of these models anew with the newest key; returns how many changed."""
    changed = 0
    for model in models:
        for row in model._default_manager.order_by("pk").only("pk", "key", "sealed").iterator():
            anew = closed_anew(row.sealed, owner_of(row))
            if anew != row.sealed:
                changed += model._default_manager.filter(pk=row.pk, sealed=row.sealed).update(sealed=anew)
    return changed
