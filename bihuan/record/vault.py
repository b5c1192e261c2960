"""Where contents lie: one file per content, named by its sha256, never below a served folder.

The only door to the contents: on the disk, or in an S3-compatible store (`bucket`); drafts are always on the
disk. A content is written before the row that names it, so a row never points at nothing; an interrupted command leaves
at most a content that no row names, which harms nobody.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings

from .bucket import bucket

DRAFTS = "incoming"
_NAME = re.compile(r"[0-9a-f]{64}")


class TooBig(Exception):
    """More bytes than allowed arrived; nothing was kept."""


@dataclass(frozen=True)
class Draft:
    """A content received whole, not kept yet. `size` in bytes."""

    path: Path
    sha256: str
    size: int


def root() -> Path:
    return Path(settings.FILES_ROOT)


def is_name(text: str) -> bool:
    """Whether a content may be called so."""
    return _NAME.fullmatch(text) is not None


def path_of(sha256: str) -> Path:
    return root() / sha256[:2] / sha256[2:4] / sha256


def lying_here() -> Iterator[Path]:
    """Everything that lies among the contents on this disk, drafts left out. What else lies in a store that other
    programs may share is not ours to judge."""
    if bucket() is None:
        for folder, _, names in os.walk(root()):
            place = Path(folder)
            if root() / DRAFTS not in (place, *place.parents):
                yield from (place / name for name in names)


def has(sha256: str) -> bool:
    store = bucket()
    return path_of(sha256).is_file() if store is None else store.size(sha256) is not None


def open_kept(sha256: str) -> BinaryIO:
    """The content, open for reading. Raises FileNotFoundError when the store has lost it."""
    store = bucket()
    if store is not None:
        return store.open(sha256)
    return path_of(sha256).open("rb")


def chunks_of(content: Any) -> Iterable[bytes]:
    """Bytes, Django's upload, or an open binary file, piece by piece."""
    if isinstance(content, (bytes, bytearray, memoryview)):
        return [bytes(content)]
    return content.chunks() if hasattr(content, "chunks") else iter(lambda: content.read(1 << 16), b"")


@contextmanager
def receive(chunks: Iterable[bytes], *, limit: int) -> Iterator[Draft]:
    """Write what arrives to a temporary file, hashing as it comes; gone at the end unless kept.

    Raises TooBig as soon as more than `limit` bytes have come, without waiting for the rest.
    """
    folder = root() / DRAFTS
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=folder)
    path, digest, size = Path(name), hashlib.sha256(), 0
    try:
        with os.fdopen(handle, "wb") as file:
            for chunk in chunks:
                size += len(chunk)
                if size > limit:
                    raise TooBig(str(limit))
                digest.update(chunk)
                file.write(chunk)
        yield Draft(path, digest.hexdigest(), size)
    finally:
        path.unlink(missing_ok=True)


def keep(draft: Draft) -> None:
    """Give a draft its place, for ever and in one step: other processes see all of it or nothing."""
    store = bucket()
    if store is not None:
        if store.size(draft.sha256) != draft.size:
            store.put(draft.path, draft.sha256)
        return
    place = path_of(draft.sha256)
    if place.is_file() and place.stat().st_size == draft.size:
        return
    _sync(draft.path)
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft.path.chmod(0o440)
    draft.path.replace(place)
    _sync(place.parent)


def keep_bytes(content: bytes) -> str:
    """Keep something made here (a shown copy); returns its sha256."""
    with receive([content], limit=len(content)) as draft:
        keep(draft)
    return draft.sha256


def drop_drafts(*, before: datetime) -> None:
    """Remove what was half received by a process that died."""
    for path in (root() / DRAFTS).glob("*"):
        if path.stat().st_mtime < before.timestamp():
            path.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    """Make a content, or a folder with its new name, durable: both must survive a power cut. Only what is
    kept is synced: content that is known already was made durable the first time."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
