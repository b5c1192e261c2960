"""How an event is bound to the one before it: one hash over everything it says.

The hash of an event is sha256 over a canonical JSON list of a version word, the hash of the event before it
in its stream (empty for the first), its id and every column. Whoever changes, removes, adds, moves or renumbers
an event breaks the chain there. The text form is the same on both databases: numbers that a database may
write in another way (1.0 and 1, 1e3 and 1000) are put into one form first.

A later change of the form is a new version word beside this one, never a change of it: old events stay.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

FORM = "bihuan-event-1"
SEAL_FORM = "bihuan-seal-1"
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


@lru_cache(maxsize=256)
def moment(at: datetime) -> str:
    """UTC to the microsecond, always the same length."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def settled(value: Any) -> Any:
    """The value as it will come back from the database: keys as text, whole floats as integers."""
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, dict):
        return {_key(key): settled(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [settled(part) for part in value]
    return value


def _key(key: Any) -> str:
    """A key as JSON writes it: true for True, 1 for 1."""
    return key if isinstance(key, str) else json.dumps(key)


def link(before: str, event: Any) -> str:
    """The hash (64 hex digits) of `event`, whose id is known, after the event with the hash `before`.

    `event` is a `models.Event`, or what a migration knows of it.
    """
    said = [
        FORM,
        before,
        event.pk,
        event.stream,
        event.seq,
        event.kind,
        event.subject,
        settled(event.data),
        event.by_kind,
        event.by_id,
        event.unit_id,
        moment(event.occurred_at),
        moment(event.recorded_at),
        event.clock_offset_s,
        event.late,
    ]
    return hashlib.sha256(_encode(said).encode("utf-8", "surrogatepass")).hexdigest()


class Root:
    """The hash over a span of events, fed in the order of their ids."""

    def __init__(self) -> None:
        self._sum, self.events = hashlib.sha256(), 0

    def add(self, pk: int, value: str) -> None:
        self._sum.update(f"{pk}:{value}\n".encode())
        self.events += 1

    def add_all(self, pairs: Iterable[tuple[int, str]]) -> Root:
        for pk, value in pairs:
            self.add(pk, value)
        return self

    @property
    def hash(self) -> str:
        return self._sum.hexdigest()


def seal_hash(seal: Any) -> str:
    """The hash of a seal: over its number, span, count, root, time, signer and the seal before."""
    said = [
        SEAL_FORM,
        seal.before,
        seal.number,
        seal.first_id,
        seal.last_id,
        seal.events,
        seal.root,
        moment(seal.sealed_at),
        seal.signer,
    ]
    return hashlib.sha256(_encode(said).encode("utf-8", "surrogatepass")).hexdigest()


def kept_data(stored: Any) -> dict[str, Any]:
    """What the chain keeps of a file: its fingerprint, size in bytes, type, those of its copies, and one
    fingerprint over what was read off a picture (when and where it was taken, how large it is)."""
    read_off = (
        stored.is_image, stored.shown_mime, stored.width, stored.height, stored.latitude, stored.longitude,
        moment(stored.captured_on_device) if stored.captured_on_device else "",
    )  # fmt: skip
    return {
        "sha256": stored.sha256,
        "size": stored.size,
        "mime": stored.mime,
        "shown": stored.shown_sha256,
        "thumb": stored.thumb_sha256,
        "picture": hashlib.sha256(json.dumps(read_off).encode()).hexdigest(),
    }
