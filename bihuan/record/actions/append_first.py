"""Write down many first events at once: an import's rows, each the beginning of a stream of its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from bihuan.kernel.actor import Actor
from bihuan.record.chain import link
from bihuan.record.models import Event, StreamHead
from bihuan.record.places import next_places
from bihuan.record.pour import pour

from .append import only_within_a_transaction, tell_rooms

_COLUMNS = (
    "id", "stream", "seq", "kind", "subject", "data", "by_kind", "by_id", "unit_id", "occurred_at", "recorded_at",
    "clock_offset_s", "late", "hash",
)  # fmt: skip


class Beginning(NamedTuple):
    """An event as `chain.link` reads it, in the order of the columns and without the price of a model."""

    pk: int
    stream: str
    seq: int
    kind: str
    subject: str
    data: dict[str, Any]
    by_kind: str
    by_id: int | None
    unit_id: int | None
    occurred_at: datetime
    recorded_at: datetime
    clock_offset_s: None
    late: bool


def append_first(
    *, kind: str, by: Actor, at: datetime, streams: Sequence[tuple[str, int | None, dict[str, Any]]]
) -> list[Beginning]:
    """Append event 1 of each (stream, unit id, data), with the jobs that tell other rooms.

    A `number` in the data is also what the event is about. The same rules as `append`: inside a transaction,
    no names of people in the data. Raises IntegrityError when one of the streams has begun before. Poured in:
    give it some thousands at a time.
    """
    only_within_a_transaction()
    events = [
        Beginning(
            place, stream, 1, kind, str(data.get("number", ""))[:120], data, by.kind, by.person_id, unit_id, at, at,
            None, False,
        )
        for place, (stream, unit_id, data) in zip(next_places(len(streams)), streams, strict=True)
    ]  # fmt: skip
    hashes = [link("", event) for event in events]
    pour(
        StreamHead,
        ("stream", "seq", "hash"),
        ((event.stream, 1, value) for event, value in zip(events, hashes, strict=True)),
    )
    pour(Event, _COLUMNS, ((*event, value) for event, value in zip(events, hashes, strict=True)))
    tell_rooms(events)
    return events
