"""Statements that are put together once and asked often.

The rules of the loop make long statements; for those that stand on every page or on every desk, finding the words
takes the ORM ten times as long as the database takes to answer. A function that returns `words_of(...)` under
`lru_cache` keeps them, by who asks (an Actor with the grants) and by whatever else they hold; what they find is always
that of now.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

Statement = tuple[str, tuple[Any, ...]]


def words_of(rows: QuerySet) -> Statement | None:
    """The statement of this query and what goes beside it; None for a query that can find nothing."""
    try:
        return rows.query.sql_with_params()
    except EmptyResultSet:
        return None


def count_of(rows: QuerySet) -> Statement | None:
    """The statement that counts them, for `number_by`."""
    said = words_of(rows)
    return said and (f"SELECT count(*) FROM ({said[0]}) part", said[1])  # noqa: S608 — the ORM's own text; values go beside it


def found_by(statement: Statement | None) -> list[tuple[Any, ...]]:
    """Its rows as plain values of the database. One query, none for None."""
    if statement is None:
        return []
    with connection.cursor() as cursor:
        cursor.execute(*statement)
        return cursor.fetchall()


def number_by(statement: Statement | None) -> int:
    """The one number a statement answers with; 0 without a query for None."""
    rows = found_by(statement)
    return rows[0][0] if rows else 0
