"""Many rows into a table at the price the database asks, not that of an object for each.

PostgreSQL takes them by COPY, SQLite by one prepared statement; the values are those Django would write. For a
ledger of a hundred thousand rows this is the difference between minutes and seconds. No signals, no `save`, no
defaults of the model: what is not named gets the database's own value, so name every column.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from operator import attrgetter
from typing import Any

from django.db import connection, models

Convert = Callable[[Any], Any]


def pour(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert `rows`, each a value per column; `columns` are attribute names (`unit_id`). Times carry a zone.

    Constraints hold as ever: a row that breaks one raises IntegrityError and none is written, inside the
    caller's transaction. Give it a chunk at a time: SQLite's wrapper keeps a chunk in memory.
    """
    fields = [model._meta.get_field(name) for name in columns]
    ready: Any = _converted(rows, [_converter(field) for field in fields])
    names = ", ".join(connection.ops.quote_name(_column(field)) for field in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with (
                connection.wrap_database_errors,
                cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy,
            ):
                for row in ready:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(fields))
            # names of our own models, quoted; values go beside it
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", ready)  # noqa: S608


def pour_objects(rows: Sequence[models.Model], *, chunk: int = 2000) -> None:
    """`bulk_create` by pouring: unsaved objects of one model get their ids and go in with all their columns."""
    if not rows:
        return
    model = type(rows[0])
    columns = [field.attname for field in model._meta.concrete_fields]
    for row, pk in zip(rows, take_ids(model, len(rows)), strict=True):
        row.pk = pk
    values = attrgetter(*columns)
    for start in range(0, len(rows), chunk):
        pour(model, columns, (values(row) for row in rows[start : start + chunk]))


def take_ids(model: type[models.Model], count: int) -> list[int]:
    """So many new ids, for rows that others will point at before they are written. Pour them right after.

    On SQLite the transaction must have begun with IMMEDIATE, as all of ours do: nobody else can take them.
    """
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
            )
            return [int(row[0]) for row in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
    last = int(row[0]) if row else 0
    return list(range(last + 1, last + count + 1))


def _column(field: Any) -> str:
    return str(field.column)


def _converted(rows: Iterable[Sequence[Any]], converters: list[Convert | None]) -> Iterable[list[Any]]:
    """Only the columns that need it are touched."""
    todo = [(place, convert) for place, convert in enumerate(converters) if convert is not None]
    for row in rows:
        values = list(row)
        for place, convert in todo:
            if values[place] is not None:
                values[place] = convert(values[place])
        yield values


def _converter(field: Any) -> Convert | None:
    """How a value of this field is written, None for as it is. `json` as Django writes it."""
    if isinstance(field, models.JSONField):
        return _json
    if connection.vendor == "postgresql":
        return None
    if isinstance(field, models.DateTimeField):
        return _sqlite_moment
    if isinstance(field, models.DateField):
        return str
    return None


def _json(value: Any) -> str:
    return "{}" if value == {} else json.dumps(value)


@lru_cache(maxsize=64)
def _sqlite_moment(value: datetime) -> str:
    """As Django keeps it: UTC without a zone. Naive times are refused, as they are everywhere."""
    if value.tzinfo is None:
        raise ValueError("a time without a zone")
    return str(value.astimezone(UTC).replace(tzinfo=None))
