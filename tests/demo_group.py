"""The demo group in a test: built once for a module, small, and rolled back at its end."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.test import override_settings

from bihuan.config.prepare import DemoWorld, build_rooms
from bihuan.kernel.moment import CHINA
from bihuan.problems.models import Problem
from bihuan.record.models import Event

#: a Friday afternoon in November
AT = datetime(2026, 11, 20, 15, 30, tzinfo=CHINA)


@contextmanager
def cheap(folder: Path) -> Iterator[None]:
    """Hashing that costs nothing, files in a folder of the test."""
    hashers = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with override_settings(PASSWORD_HASHERS=hashers, FILES_ROOT=folder):
        yield


@contextmanager
def undone() -> Iterator[None]:
    """A transaction of which nothing stays."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def built(at: datetime, scale: float) -> DemoWorld:
    start = time.perf_counter()
    world = build_rooms(at, lambda _: None, scale)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as the command does: PostgreSQL knows nothing of rows that just came in
    print(f"\ndemo group at scale {scale}: {time.perf_counter() - start:.1f} s")
    return world


def fingerprint() -> list[tuple[Any, ...]]:
    """What two builds of the same day must have in common: values, no keys of rows."""
    columns = (
        "number", "statement", "closure", "progress", "round", "due_on", "first_due_on", "lead__name",
        "submitted_by__name", "closed_by__name", "closed_at", "changed_at", "version",
    )  # fmt: skip
    problems = list(Problem.objects.order_by("number").values_list(*columns))
    events = list(Event.objects.order_by("recorded_at", "kind").values_list("kind", "recorded_at"))
    return [*problems, *events]
