"""The world once built, poured into an empty database again: a test in three would otherwise spend most of its time
on building it anew, action by action. Only the first test of a process builds it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Model

from .world import World, again, build


@dataclass(frozen=True, slots=True)
class _Table:
    insert: str
    rows: list[tuple[Any, ...]]


_KEPT: list[_Table] = []


def poured() -> World:
    """The world in the current database, row by row as `build` leaves it. The database must hold nothing else."""
    if not _KEPT:
        filled = {name for name in _tables() if _rows(name)[1]}
        made = build()
        _KEPT.extend(_kept(name) for name in _tables() if name not in filled and _rows(name)[1])
        return made
    # in one transaction: who points to whom is looked at when it ends
    with transaction.atomic(), connection.cursor() as cursor:
        for table in _KEPT:
            cursor.executemany(table.insert, table.rows)
        # PostgreSQL counts on from where it was, and a test that restored a backup has set it back
        for reset in connection.ops.sequence_reset_sql(no_style(), _models()):
            cursor.execute(reset)
    return again()


def _models() -> list[type[Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]


def _tables() -> list[str]:
    return sorted({model._meta.db_table for model in _models()})


def _rows(name: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
        return [column[0] for column in cursor.description], cursor.fetchall()


def _kept(name: str) -> _Table:
    columns, rows = _rows(name)
    quoted = ", ".join(connection.ops.quote_name(column) for column in columns)
    places = ", ".join(["%s"] * len(columns))
    insert = f"INSERT INTO {connection.ops.quote_name(name)} ({quoted}) VALUES ({places})"
    return _Table(insert, [tuple(_given(value) for value in row) for row in rows])


def _given(value: Any) -> Any:
    """PostgreSQL hands JSON out as Python and takes it back only when told what it is."""
    if connection.vendor == "postgresql" and isinstance(value, dict | list):
        from psycopg.types.json import Jsonb

        return Jsonb(value)
    return value
