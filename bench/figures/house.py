"""What everything else stands on: starting up, and writing an event down."""

from __future__ import annotations

import subprocess
import sys
from itertools import count

from bench.contract import Figure, milliseconds
from bihuan.kernel.actor import SYSTEM

_NUMBERS = count(1)


def _start(code: str) -> float:
    def once() -> None:
        subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)

    return milliseconds(once, times=5, warm=1)


def _event() -> float:
    from django.db import transaction
    from django.utils import timezone

    from bihuan.record.actions.append import append

    def once() -> None:
        with transaction.atomic():
            append(
                stream=f"bench:{next(_NUMBERS)}",
                kind="bench.written",
                by=SYSTEM,
                at=timezone.now(),
                data={"n": 1},
            )

    return milliseconds(once, times=200)


def _plain_row() -> float:
    """The same columns by one plain INSERT in one transaction: what the database itself takes."""
    from django.db import connection, transaction

    from bihuan.record.models import Event

    model = Event.objects.filter(kind="bench.written").first()
    fields = [field for field in Event._meta.concrete_fields if not field.primary_key]
    columns = ", ".join(field.column for field in fields)
    values = {f.column: f.get_db_prep_save(getattr(model, f.attname), connection) for f in fields}
    statement = f"INSERT INTO {Event._meta.db_table} ({columns}) VALUES ({', '.join(['%s'] * len(fields))})"

    def once() -> None:
        values["stream"] = f"plain:{next(_NUMBERS)}"
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, list(values.values()))

    return milliseconds(once, times=200)


FIGURES = (
    Figure(
        "start",
        "从零启动到可以接请求（不含网络）",
        "ms",
        3000,
        ours=lambda: _start("import bihuan.config.wsgi"),
        baseline=lambda: _start("import django, django.core.wsgi"),
    ),
    Figure("event", "在事务里追加一条事件", "ms", 5, ours=_event, baseline=_plain_row),
)
