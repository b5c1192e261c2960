"""Write down what happened, in the transaction of the thing itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import Max

from bihuan.kernel.actor import Actor
from bihuan.record.models import Event, Job
from bihuan.registry import shelf

REACTION = "record.reaction"
TRIES = 8
BATCH = 500


def append(
    *,
    stream: str,
    kind: str,
    by: Actor,
    at: datetime,
    occurred_at: datetime | None = None,
    data: dict[str, Any] | None = None,
    unit_id: int | None = None,
    subject: str = "",
    seq: int | None = None,
    late: bool = False,
    clock_offset_s: int | None = None,
) -> Event:
    """Append one event and, in the same transaction, the jobs that will tell other rooms about it.

    `data` holds ids, codes, days and figures, never a person's name: events stay for ever, names live in
    `org` where they can be corrected and erased. `seq` may be given by a caller whose own conditional
    update already orders the stream (a version); otherwise it is the next number. `occurred_at` is what
    a person or device said, by default `at`; whether that makes the entry `late` (补录) is for the
    caller's rule pack to say. Must run inside `transaction.atomic`: an event without its deed, or a deed
    without its event, would be a lie. Raises RuntimeError when called outside of one, ValueError for a
    time without a zone, IntegrityError when a given `seq` is taken.
    """
    only_within_a_transaction()
    if at.tzinfo is None or (occurred_at is not None and occurred_at.tzinfo is None):
        raise ValueError("append() needs times with a zone")
    event = Event(
        stream=stream,
        kind=kind,
        subject=subject[:120],
        data=data or {},
        by_kind=by.kind,
        by_id=by.person_id,
        unit_id=unit_id,
        occurred_at=occurred_at or at,
        recorded_at=at,
        clock_offset_s=clock_offset_s,
        late=late,
    )
    if seq is None:
        _take_next_number(event)
    else:
        event.seq = seq
        event.save(force_insert=True)
    tell_rooms([event])
    return event


def only_within_a_transaction() -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("an event outside a transaction: it must share the fate of its deed")


def tell_rooms(events: Sequence[Event]) -> None:
    """The jobs that will tell other rooms, in the same transaction as the events."""
    jobs = [
        Job(
            kind=REACTION,
            payload={"event": event.pk, "room": room},
            run_at=event.recorded_at,
            requested_at=event.recorded_at,
        )
        for event in events
        for room in shelf.reactions(event.kind)
    ]
    if jobs:
        Job.objects.bulk_create(jobs, batch_size=BATCH)


def _take_next_number(event: Event) -> None:
    """Insert with the next number; when somebody else takes it at the same moment, with the one after.

    Only PostgreSQL lets two writers come this far; the savepoint keeps the caller's transaction alive.
    """
    for left in reversed(range(TRIES)):
        last = Event.objects.filter(stream=event.stream).aggregate(last=Max("seq"))["last"] or 0
        event.seq = last + 1
        try:
            with transaction.atomic():
                event.save(force_insert=True)
            return
        except IntegrityError:
            if not left:
                raise
