"""Seal what has been written since the last seal."""

from __future__ import annotations

import time
from datetime import datetime

from django.db import IntegrityError, connection, transaction

from bihuan.record import signing
from bihuan.record.chain import Root, seal_hash
from bihuan.record.models import Event, Seal, StreamHead
from bihuan.record.places import last_place

PATIENCE_S, LOOK_EVERY_S = 5.0, 0.1


def seal(*, at: datetime) -> Seal | None:
    """Seal all events up to the last one that nothing can still be written below.

    Returns the new seal, or None when there is nothing new, when another process sealed at the same moment,
    or when a long transaction (a large import) is still under way: the next run takes those in.
    """
    last = _settled_place()
    if last is None:
        return None
    before = Seal.objects.order_by("-number").first()
    first = before.last_id + 1 if before else 1
    pairs = Event.objects.filter(pk__gte=first, pk__lte=last).order_by("pk").values_list("pk", "hash")
    root = Root().add_all(pairs.iterator(chunk_size=5000))
    if not root.events:
        return None
    new = Seal(
        number=before.number + 1 if before else 1,
        first_id=first,
        last_id=last,
        events=root.events,
        root=root.hash,
        before=before.hash if before else "",
        sealed_at=at,
        signer=signing.public_key(),
    )
    new.hash = seal_hash(new)
    new.signature = signing.sign(new.hash)
    try:
        with transaction.atomic():
            new.save(force_insert=True)
            end = {"seq": new.number, "hash": new.hash}
            StreamHead.objects.update_or_create(stream=Seal.STREAM, defaults=end)
    except IntegrityError:
        return None
    return new


def _settled_place() -> int | None:
    """The last place given, once no transaction is under way that may still write at or below it.

    SQLite has one writer: what is given is written. On PostgreSQL every transaction that takes a place has
    an id by then (`places.next_places`); we take the next id ourselves, and when all below it have ended,
    whatever they wrote is there to be seen. A transaction of our own would hold up the wait for itself.
    """
    if connection.vendor != "postgresql":
        with transaction.atomic():
            return last_place()
    last, until = last_place(), time.monotonic() + PATIENCE_S
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        ceiling = cursor.fetchone()[0]
        while True:
            cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
            if cursor.fetchone()[0] >= ceiling or connection.in_atomic_block:
                return last
            if time.monotonic() > until:
                return None
            time.sleep(LOOK_EVERY_S)
