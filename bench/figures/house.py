"""What everything else stands on: starting up, and writing an event down."""

from __future__ import annotations

import subprocess
import sys
import time
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

    columns = "stream, seq, kind, data, by_kind, occurred_at, recorded_at, late"
    values = "%s, 1, 'bench.plain', '{}', 'system', %s, %s, %s"
    moment = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime())

    def once() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO record_event ({columns}) VALUES ({values})",
                [f"plain:{next(_NUMBERS)}", moment, moment, False],
            )

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
