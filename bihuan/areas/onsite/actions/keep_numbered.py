"""Give a row of a task the next number, and keep it."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from bihuan.kernel.refused import Stale


def keep_numbered(*, thing: Any, **same: Any) -> None:
    """`same`: within what the number runs, beside the task. Raises Stale when two took one number at once."""
    rows = type(thing)._default_manager.filter(task=thing.task, **same)
    thing.number = (rows.aggregate(last=Max("number"))["last"] or 0) + 1
    try:
        with transaction.atomic():
            thing.save(force_insert=True)
    except IntegrityError:
        raise Stale("编号被同时占用", "再存一次") from None
