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
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from . import vault
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


def shut_content(content: bytes) -> tuple[str, bytes]:
    """(key, closed content) under a key made for it alone: when the keys of the house change, only its row does."""
    key, nonce = AESGCM.generate_key(_KEY * 8), secrets.token_bytes(_NONCE)
    return b64encode(key).decode(), nonce + AESGCM(key).encrypt(nonce, content, None)


def content_of(file: ClosedFile) -> Content:
    """The file as it came. Raises Lost, or FileNotFoundError when the store has lost it."""
    said = opened(file)
    with vault.open_kept(file.stored.sha256) as kept:
        raw = kept.read()
    try:
        data = AESGCM(b64decode(said["key"])).decrypt(raw[:_NONCE], raw[_NONCE:], None)
    except InvalidTag:
        raise Lost("封存的文件打不开：内容被改过", "从备份恢复这个文件") from None
    return Content(said["name"], said["mime"], data)


def reseal(*models: type[Closed]) -> int:
    """Closes every row of these models anew with the newest key; returns how many changed."""
    changed = 0
    for model in models:
        for row in model._default_manager.order_by("pk").only("pk", "key", "sealed").iterator():
            anew = closed_anew(row.sealed, owner_of(row))
            if anew != row.sealed:
                changed += model._default_manager.filter(pk=row.pk, sealed=row.sealed).update(sealed=anew)
    return changed
