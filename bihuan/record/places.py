"""The places of events: ids taken before the row is written, because the hash of an event binds its id.

SQLite has one writer at a time and gives the numbers back when it rolls back, so there ids have no gaps and a
gap is a missing event. A sequence of PostgreSQL does have gaps; what is missing there shows in the streams.
"""

from __future__ import annotations

from typing import Any

from django.db import connection


def next_places(count: int) -> list[int]:
    """So many ids for events, in order, taken in this transaction.

    On PostgreSQL the transaction gets its own id first: whoever seals waits for transactions that may still
    write below the last place given, and must be able to see them (`actions/seal.py`).
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT pg_current_xact_id(), nextval(pg_get_serial_sequence('record_event', 'id')) "
                "FROM generate_series(1, %s)",
                [count],
            )
            return [place for _, place in cursor.fetchall()]
        last = last_place()
    return list(range(last + 1, last + count + 1))


def begin_again(connection: Any) -> None:
    """An emptied test database counts its places from one again, or each of the old ones would be missing."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = 'record_event'")


def last_place() -> int:
    """The last place given to an event, also to one that is no longer there."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT last_value, is_called FROM record_event_id_seq")
            last, called = cursor.fetchone()
            return int(last) if called else 0
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = 'record_event'")
        row = cursor.fetchone()
        return int(row[0]) if row else 0
