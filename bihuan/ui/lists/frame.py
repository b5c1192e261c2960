"""What stands around the rows: tabs, chips, menus, paging. All of it is links and plain forms."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from .address import Address
from .filters import Active
from .paging import Cursor, count_words

if TYPE_CHECKING:
    from .columns import Column


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter as the page shows it: set (with `off_url`) or to be added; `kept` are the other pairs of the form."""

    active: Active
    off_url: str
    kept: tuple[tuple[str, str], ...]
    pick_url: str


@dataclass(frozen=True, slots=True)
class Tab:
    label: str
    url: str
    count: str
    current: bool
    changed: bool
    drop_url: str = ""
    rename_url: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """A column head: its sorting link, and the arrow where the list is ordered by it."""

    column: Column
    url: str = ""
    arrow: str = ""


class ListFrame:
    """The half of `ListPage` that a page author never needs to touch."""

    def chip(self: Any, active: Active) -> Chip:
        name = active.filter.name
        rest = self.address.without(name)
        return Chip(active, rest.url, rest.pairs, self.address.with_(pick=name).url)

    @cached_property
    def chips(self: Any) -> list[Chip]:
        """Set filters first, in their order, then those that are offered for adding."""
        seen = [one for one in self.active if one.on]
        offer = [one for one in self.active if not one.on and not one.filter.more and not one.filter.hidden]
        return [self.chip(one) for one in (*seen, *offer)]

    @cached_property
    def has_more(self: Any) -> bool:
        return any(one.filter.more and not one.filter.hidden for one in self.active)

    @cached_property
    def more_url(self: Any) -> str:
        return self.address.with_(pick="*").url

    @cached_property
    def clear_url(self: Any) -> str:
        names = [one.filter.name for one in self.active]
        return self.address.without("view", *names).url if any(one.on for one in self.active) else ""

    @cached_property
    def problems(self: Any) -> list[str]:
        return [one.problem for one in self.active if one.problem]

    def picks(self: Any, name: str) -> dict[str, Any]:
        """What the form of one filter (or of all, `*`) needs."""
        chosen = [one for one in self.active if not one.filter.hidden and name in ("*", one.filter.name)]
        rest = self.address.without(*(one.filter.name for one in chosen))
        return {"chosen": chosen, "kept": rest.pairs, "all": name == "*"}

    @cached_property
    def tabs(self: Any) -> list[Tab]:
        here = self.params.get("view", "")
        bare = set(self.address.without("view", "cols").pairs)
        tabs = []
        for view in self.all_views:
            wanted = _pairs(view.query)
            fits = set(wanted) == bare
            current = view.key == here or (not here and fits)
            address = Address(self.path, (*wanted, ("view", view.key)))
            count = count_words(self.count_of(view)) if view.counted else ""
            tabs.append(
                Tab(
                    view.label,
                    address.url,
                    count,
                    current,
                    current and not fits,
                    view.drop_url,
                    view.rename_url,
                )
            )
        return tabs

    @cached_property
    def heads(self: Any) -> list[Head]:
        heads = []
        for column in self.shown_columns:
            order = next((order for order in self.orders if order.key == column.order), None)
            if order is None:
                heads.append(Head(column))
                continue
            arrow = "" if order is not self.order else "arrow-down" if order.down else "arrow-up"
            heads.append(Head(column, self.address.with_(sort=order.key).url, arrow))
        return heads

    @cached_property
    def sort_items(self: Any) -> list[tuple[str, str, bool]]:
        return [
            (order.label, self.address.with_(sort=order.key).url, order is self.order)
            for order in self.orders
        ]

    @cached_property
    def column_items(self: Any) -> list[tuple[Column, bool]]:
        shown = {column.key for column in self.shown_columns}
        return [(column, column.key in shown) for column in self.columns]

    @cached_property
    def pairs_without_columns(self: Any) -> tuple[tuple[str, str], ...]:
        return self.address.without("cols").pairs

    @cached_property
    def bulk_acts(self: Any) -> list[Any]:
        return [act for act in self.bulk() if not (act.verdict is not None and act.verdict.hidden)]

    # ---- paging -----------------------------------------------------------------------------------------
    @cached_property
    def first_number(self: Any) -> int:
        """Number of the first row shown; carried in the address, because paging by key counts nothing."""
        text = self.params.get("n", "")
        return int(text) if text.isdecimal() and len(text) < 8 and self.window.more_before else 1

    @cached_property
    def place(self: Any) -> str:
        """第 1–50 件，共 86 件"""
        rows = len(self.window.rows)
        if not rows:
            return ""
        return f"第 {self.first_number:,}–{self.first_number + rows - 1:,} {self.noun}，共 {count_words(self.count)} {self.noun}"

    @cached_property
    def next_url(self: Any) -> str:
        if not self.window.more_after:
            return ""
        cursor = Cursor.of(self.window.rows[-1], self.order)
        return self.address.with_(after=cursor.text(), n=self.first_number + len(self.window.rows)).url

    @cached_property
    def previous_url(self: Any) -> str:
        if not self.window.more_before or not self.window.rows:
            return ""
        before = self.first_number - self.page_size
        if before <= 1:
            return self.address.url
        return self.address.with_(before=Cursor.of(self.window.rows[0], self.order).text(), n=before).url


def _pairs(query: str) -> tuple[tuple[str, str], ...]:
    return tuple(parse_qsl(query))
