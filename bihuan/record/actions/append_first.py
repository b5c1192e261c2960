"""Write down many first events at once: an import's rows, each the beginning of a stream of its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bihuan.kernel.actor import Actor
from bihuan.record.chain import link
from bihuan.record.models import Event, StreamHead
from bihuan.record.places import next_places

from .append import BATCH, only_within_a_transaction, tell_rooms


def append_first(
    *, kind: str, by: Actor, at: datetime, streams: Sequence[tuple[str, int | None, dict[str, Any]]]
) -> list[Event]:
    """Append event 1 of each (stream, unit id, data), with the jobs that tell other rooms.

    A `number` in the data is also what the event is about. The same rules as `append`: inside a transaction,
    no names of people in the data. Raises IntegrityError when one of the streams has begun before.
    """
    only_within_a_transaction()
    events = [
        Event(
            pk=place,
            stream=stream,
            seq=1,
            kind=kind,
            data=data,
            subject=str(data.get("number", ""))[:120],
            by_kind=by.kind,
            by_id=by.person_id,
            unit_id=unit_id,
            occurred_at=at,
            recorded_at=at,
        )
        for place, (stream, unit_id, data) in zip(next_places(len(streams)), streams, strict=True)
    ]
    for event in events:
        event.hash = link("", event)
    StreamHead.objects.bulk_create(
        [StreamHead(stream=event.stream, seq=1, hash=event.hash) for event in events], batch_size=BATCH
    )
    Event.objects.bulk_create(events, batch_size=BATCH)
    tell_rooms(events)
    return events
