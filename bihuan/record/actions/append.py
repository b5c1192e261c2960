"""Write down what happened, in the transaction of the thing itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, transaction

from bihuan.kernel.actor import Actor
from bihuan.record.chain import link
from bihuan.record.models import Event, Job, StreamHead
from bihuan.record.places import next_places
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
    time without a zone, IntegrityError when a given `seq` is not the next one.
    """
    only_within_a_transaction()
    if at.tzinfo is None or (occurred_at is not None and occurred_at.tzinfo is None):
        raise ValueError("append() needs times with a zone")
    event = Event(
        stream=stream,
        kind=kind,
        subject=subject[:120],
        # what a program did in somebody's name says so: the token's id stands beside the person's
        data={**(data or {}), **({"token": by.token_id} if by.token_id else {})},
        by_kind=by.kind,
        by_id=by.person_id,
        unit_id=unit_id,
        occurred_at=occurred_at or at,
        recorded_at=at,
        clock_offset_s=clock_offset_s,
        late=late,
    )
    _connect(event, seq)
    event.save(force_insert=True)
    tell_rooms([event])
    return event


def only_within_a_transaction() -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("an event outside a transaction: it must share the fate of its deed")


def tell_rooms(events: Sequence[Any]) -> None:
    """The jobs that will tell other rooms, in the same transaction as the events. Many events of one kind, as
    an import has them, are told a room by one job for every BATCH of them."""
    if not events:
        return
    at = events[0].recorded_at
    told = [{"event": event.pk} for event in events]
    if len(events) > 1:
        pks = [event.pk for event in events]
        told = [{"events": pks[start : start + BATCH]} for start in range(0, len(pks), BATCH)]
    jobs = [
        Job(kind=REACTION, payload={**part, "room": room}, run_at=at, requested_at=at)
        for room in dict.fromkeys((*shelf.reactions(events[0].kind), *shelf.hearers(events[0].kind)))
        for part in told
    ]
    if jobs:
        Job.objects.bulk_create(jobs, batch_size=BATCH)


def _connect(event: Event, wanted: int | None) -> None:
    """Give the event its place, number and hash, and move the head of its stream to it.

    The head is moved by a conditional update: when somebody else moves it at the same moment, the event goes
    behind theirs. Only PostgreSQL lets two writers come this far.
    """
    event.pk = next_places(1)[0]
    if wanted == 1:  # the stream begins here, says the caller: the key of its head holds them to it
        event.seq = 1
        event.hash = link("", event)
        StreamHead(stream=event.stream, seq=1, hash=event.hash).save(force_insert=True)
        return
    for _ in range(TRIES):
        head = StreamHead.objects.filter(pk=event.stream).first()
        event.seq = head.seq + 1 if head else 1
        if wanted is not None and wanted != event.seq:
            raise IntegrityError(f"{event.stream}: {wanted} is not the next number, {event.seq} is")
        event.hash = link(head.hash if head else "", event)
        if _move(event, head):
            return
    raise IntegrityError(f"{event.stream}: {TRIES} times somebody else was faster")


def _move(event: Event, head: StreamHead | None) -> bool:
    """True if the head is ours now. The savepoint keeps the caller's transaction alive."""
    if head is not None:
        here = StreamHead.objects.filter(pk=event.stream, seq=head.seq)
        return bool(here.update(seq=event.seq, hash=event.hash))
    try:
        with transaction.atomic():
            StreamHead(stream=event.stream, seq=event.seq, hash=event.hash).save(force_insert=True)
    except IntegrityError:
        return False
    return True
