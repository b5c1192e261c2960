"""SQLite keeps a value twice where it stands in an index: a byte changed in one place only shows when both are read.

`PRAGMA integrity_check` compares every row of a table with its indexes, and finds pages that were cut into.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.db import connection, models

from bihuan.record.faults import Fault, event_named
from bihuan.record.models import Event, Seal, StoredFile, StreamHead

#: so many lines of one table are enough to know that its file was cut into
LINES = 100
_ROW = re.compile(r"^row (\d+) ")


def table_faults() -> Iterator[Fault]:
    """Nothing on PostgreSQL, which has checksums of its own."""
    if connection.vendor != "sqlite":
        return
    for model in (Event, StreamHead, Seal, StoredFile):
        table = model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA integrity_check({table})")
            said = [str(row[0]) for row in cursor.fetchmany(LINES)]
        for line in said:
            if line != "ok":
                yield Fault("database", _named(model, line), f"数据库文件被改动或损坏（SQLite：{line}）")


def _named(model: type[models.Model], line: str) -> str:
    """The event, where the line counts to its row; else the table."""
    counted = _ROW.match(line)
    if model is Event and counted:
        place = int(counted[1]) - 1
        events = Event.objects.order_by("pk").values_list("stream", "seq", "kind", "subject", named=True)
        if found := events[place : place + 1].first():
            return event_named(found)
    return f"数据表 {model._meta.db_table}"
