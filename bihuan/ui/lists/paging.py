"""Paging by key: the next page begins after the last row, however many rows lie before it.

Written as `a <= x AND (a < x OR id < y)`: the shape both databases walk along the index (the plain OR form
takes seconds on SQLite). Rows without a value come last in either direction, on both databases alike, as a
second walk of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

COUNT_CAP = 1001


@dataclass(frozen=True)
class Order:
    """An order that an index serves. `field` like "-created_at"; the key follows in the same direction.

    `label` is how the sentence says it (早到期的在前). `nullable` says that the column may be empty.
    """

    key: str
    label: str
    field: str
    nullable: bool = False

    @property
    def column(self) -> str:
        return self.field.removeprefix("-")

    @property
    def down(self) -> bool:
        return self.field.startswith("-")

    @property
    def by_key(self) -> bool:
        return self.column in ("id", "pk")

    def fields(self, *, back: bool = False) -> list[str]:
        sign = "-" if self.down != back else ""
        return [f"{sign}pk"] if self.by_key else [f"{sign}{self.column}", f"{sign}pk"]


@dataclass(frozen=True, slots=True)
class Cursor:
    """The row a page begins after: the value it is ordered by and its key."""

    value: Any
    pk: int

    def text(self) -> str:
        value = self.value.isoformat() if isinstance(self.value, date | datetime) else self.value
        return f"{'' if value is None else value}~{self.pk}"

    @classmethod
    def of(cls, row: Any, order: Order) -> Cursor:
        return cls(row.pk if order.by_key else getattr(row, order.column), row.pk)


def read_cursor(text: str, model: Any, order: Order) -> Cursor | None:
    """The cursor an address names, or None when it is unreadable: then the list begins at its beginning."""
    raw, tilde, pk = text.rpartition("~")
    if not tilde or not pk.isdecimal():
        return None
    if raw == "" and order.nullable:
        return Cursor(None, int(pk))
    try:
        return Cursor(
            model._meta.pk.to_python(raw)
            if order.by_key
            else model._meta.get_field(order.column).to_python(raw),
            int(pk),
        )
    except Exception:
        return None


def after(order: Order, cursor: Cursor, *, back: bool = False) -> Q:
    """The condition for rows that have a value and lie beyond the cursor in this direction."""
    sign = "lt" if order.down != back else "gt"
    beyond = Q(**{f"pk__{sign}": cursor.pk})
    if order.by_key:
        return beyond
    column = order.column
    return Q(**{f"{column}__{sign}e": cursor.value}) & (Q(**{f"{column}__{sign}": cursor.value}) | beyond)


def _walks(rows: QuerySet, order: Order, cursor: Cursor | None, back: bool) -> list[QuerySet]:
    """The stretches to walk, in order: rows with a value, then rows without one (the other way when going back)."""
    valued = rows.order_by(*order.fields(back=back))
    if not order.nullable:
        return [valued.filter(after(order, cursor, back=back)) if cursor else valued]
    empty = rows.filter(**{f"{order.column}__isnull": True}).order_by("-pk" if order.down != back else "pk")
    valued = valued.filter(**{f"{order.column}__isnull": False})
    if cursor is None:
        return [empty, valued] if back else [valued, empty]
    if cursor.value is None:
        empty = empty.filter(**{f"pk__{'lt' if order.down != back else 'gt'}": cursor.pk})
        return [empty, valued] if back else [empty]
    valued = valued.filter(after(order, cursor, back=back))
    return [valued] if back else [valued, empty]


@dataclass(frozen=True, slots=True)
class Window:
    """One page of rows and whether there is more in both directions."""

    rows: list[Any]
    more_before: bool
    more_after: bool


def window(
    rows: QuerySet, order: Order, *, cursor: Cursor | None, back: bool, size: int, sorts: bool = False
) -> Window:
    """At most `size` rows after (or before) the cursor. One query, two where empty values are reached.

    `sorts`: the database finds the rows first and then has to sort them. It then sorts numbers, and only the rows of
    the page are fetched whole.
    """
    found: list[Any] = []
    for walk in _walks(rows, order, cursor, back):
        most = size + 1 - len(found)
        found += walk.filter(pk__in=walk.values("pk")[:most]) if sorts else walk[:most]
        if len(found) > size:
            break
    more = len(found) > size
    found = found[:size]
    if back:
        return Window(found[::-1], more, True)
    return Window(found, cursor is not None, more)


def capped_count(rows: QuerySet) -> int:
    """How many rows, but never counting beyond 1,001: nobody pages that far, and the count must not cost more."""
    return rows.order_by().values("pk")[:COUNT_CAP].count()


def count_words(count: int) -> str:
    return "1,000 多" if count >= COUNT_CAP else f"{count:,}"
