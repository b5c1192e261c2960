"""Rows as they lie in the database, in one spelling only: the one the system writes.

Whoever changes a byte with an editor leaves times that are none, broken JSON, text that is no text: Django's own
reading stumbles over them, or takes another spelling (`T` for the space in a time, a tab in JSON) for the same. Here
such a column is named in `odd` and the row goes on being read.
"""

from __future__ import annotations

import json
from collections import namedtuple
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from django.db import connection, models

#: rows fetched at a time: between two fetches no statement stays open, so that the caller may write
PAGE = 5000
Read = Callable[[Any], Any]


class NotOurs(ValueError):
    """The system would not have written this value, or not so."""


def rows(model: type[models.Model], *key: str) -> Iterator[Any]:
    """All rows in the order of the unique columns `key`: the attributes of the model, `pk` for its id, and `odd`,
    the labels of the columns that are not as the system writes them (their value is what was found)."""
    fields = list(model._meta.concrete_fields)
    row = namedtuple("row", ["pk", *(field.attname for field in fields[1:]), "odd"])  # type: ignore[misc]
    readers = [(str(field.verbose_name), _reader(field)) for field in fields]
    places = [[field.attname for field in fields].index(name) for name in key]
    after: list[Any] = []
    while found := _page(model, fields, key, after):
        for values in found:
            yield row(*_told(values, readers))
        after = [found[-1][place] for place in places]


def _told(values: tuple[Any, ...], readers: list[tuple[str, Read]]) -> Iterator[Any]:
    odd = []
    for value, (label, read) in zip(values, readers, strict=True):
        try:
            yield read(value)
        except (ValueError, RecursionError):
            odd.append(label)
            yield value
    yield tuple(odd)


def _page(model: type[models.Model], fields: list[Any], key: tuple[str, ...], after: list[Any]) -> list[Any]:
    quote = connection.ops.quote_name
    order = ", ".join(map(quote, key))
    behind = f" WHERE ({order}) > ({', '.join(map(_place, after))})" if after else ""
    table, columns = quote(model._meta.db_table), ", ".join(map(_column, fields))
    with connection.cursor() as cursor:
        ours = connection.connection
        plain = getattr(ours, "text_factory", str)
        if connection.vendor == "sqlite":
            ours.text_factory = _text
        try:
            cursor.execute(
                f"SELECT {columns} FROM {table}{behind} ORDER BY {order} LIMIT {PAGE}",  # noqa: S608 — names from our own models
                [*map(_bound, after)],
            )
            return cursor.fetchall()
        finally:
            if connection.vendor == "sqlite":
                ours.text_factory = plain


def _text(raw: bytes) -> str:
    """Bytes that are no text come through as lone surrogates, which nothing of ours contains."""
    return raw.decode("utf-8", "surrogateescape")


def _bound(value: Any) -> Any:
    return value.encode("utf-8", "surrogateescape") if _is_text(value) else value


def _place(value: Any) -> str:
    return "CAST(%s AS TEXT)" if _is_text(value) else "%s"


def _is_text(value: Any) -> bool:
    return connection.vendor == "sqlite" and isinstance(value, str)


def _column(field: Any) -> str:
    name = connection.ops.quote_name(field.column)
    if connection.vendor == "sqlite":
        return f"+{name}"  # the plus keeps sqlite3's own converters away
    if isinstance(field, models.JSONField):
        return f"{name}::text"
    if isinstance(field, models.DateTimeField):  # Python knows no infinity and no years before the first
        return f"CASE WHEN {name} > '0001-01-02' AND {name} < '9999-12-30' THEN {name} END"
    return name


def _reader(field: Any) -> Read:
    lite = connection.vendor == "sqlite"
    read: Read
    if isinstance(field, models.JSONField):
        read = _json if lite else json.loads
    elif isinstance(field, models.DateTimeField):
        read = _moment if lite else _only(datetime)
    elif isinstance(field, models.BooleanField):
        read = _bool if lite else _only(bool)
    elif isinstance(field, models.FloatField):
        read = _only(float)
    else:
        read = _only(int if isinstance(field, models.IntegerField) else str)
    return (lambda value: None if value is None else read(value)) if field.null else read


def _only(kind: type) -> Read:
    def read(value: Any) -> Any:
        if type(value) is not kind:
            raise NotOurs
        return value

    return read


def _bool(value: Any) -> bool:
    if type(value) is not int or value not in (0, 1):
        raise NotOurs
    return bool(value)


def _moment(value: Any) -> datetime:
    if type(value) is not str:
        raise NotOurs
    found = datetime.fromisoformat(value)
    if str(found) != value or found.tzinfo is not None:
        raise NotOurs
    return found.replace(tzinfo=UTC)


def _json(value: Any) -> Any:
    if type(value) is not str:
        raise NotOurs
    found = json.loads(value)
    if json.dumps(found) != value:
        raise NotOurs
    return found
