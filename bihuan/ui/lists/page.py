"""A list page: declared as queryset, filters, columns, orders and views; everything else follows from them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.safestring import SafeString

from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.verdict import Verdict

from .address import Address
from .columns import TICK, Column, Row, draw_row, openings
from .filters import Active, Filter
from .frame import ListFrame
from .paging import Cursor, Order, Window, capped_count, read_cursor, window
from .sentence import Highlight, Sentence


@dataclass(frozen=True)
class View:
    """A saved view: a tab. `query` is the address behind it ("state=open&unit=3"); counted views cost a query.

    `own` marks the person's own ones; `drop_url` is where such a view is given up (POST), `rename_url` where it
    gets another name (POST name).
    """

    key: str
    label: str
    query: str = ""
    counted: bool = True
    own: bool = False
    drop_url: str = ""
    rename_url: str = ""


@dataclass(frozen=True)
class Export:
    """An entry of the export menu: POSTs `layout=key` and `query=<the address>` to `url`; `note` says what comes."""

    key: str
    label: str
    url: str
    note: str = ""
    icon: str = "table-export"


@dataclass(frozen=True)
class BulkAct:
    """A button of the bar for chosen rows: POSTs `picked` (the keys) to `url`. Refused ones keep their reason."""

    label: str
    url: str
    icon: str = ""
    verdict: Verdict | None = None
    confirm: str = ""


class ListPage(ListFrame):
    """Subclass it, fill in the class attributes, override the small methods; `response(request)` is the view.

    One object serves one request. `actor` and `at` are passed in; `params` is the query string.
    """

    model: type[Model]
    title = ""
    noun = "件"
    page_size = 50
    filters: Sequence[Filter] = ()
    columns: Sequence[Column] = ()
    orders: Sequence[Order] = ()
    views: Sequence[View] = ()
    exports: Sequence[Export] = ()
    save_view_url = ""
    template = "ui/list/page.html"
    empty_title = "没有符合条件的。"
    empty_text = "去掉一两个条件再看。"

    def __init__(self, *, actor: Actor, at: datetime, params: QueryDict, path: str = "") -> None:
        self.actor = actor
        self.at = at
        self.today = local_day(at)
        self.params = params
        self.path = path

    # ---- what a subclass says -----------------------------------------------------------------------
    def queryset(self) -> QuerySet:
        """All rows this person may see, with what the cells need (select_related, only)."""
        return self.model._default_manager.visible_to(self.actor)  # type: ignore[attr-defined]

    def countable(self) -> QuerySet:
        """The same rows for counting: without what only the cells need."""
        return self.queryset()

    def drawn(self) -> QuerySet:
        """The same rows for one page: with nothing but what the shown cells need."""
        return self.queryset()

    @property
    def sorts(self) -> bool:
        """Whether the database finds these rows first and sorts them then, instead of walking in order."""
        return False

    def prepare(self, rows: list[Any]) -> list[Any]:
        """Attach to a page (or a chunk of an export) what is cheaper to fetch for all at once."""
        return rows

    def row_url(self, row: Any) -> str:
        return row.get_absolute_url() if hasattr(row, "get_absolute_url") else ""

    def row_css(self, row: Any) -> str:
        """ "is-blocked" or "is-void" tints a row; most have none."""
        return ""

    def highlights(self) -> Sequence[Highlight]:
        """Figures at the end of the sentence, each with the address of its rows."""
        return ()

    def bulk(self) -> Sequence[BulkAct]:
        """Buttons for chosen rows; without any there are no boxes."""
        return ()

    def own_views(self) -> Sequence[View]:
        """The person's own saved views, after the given ones."""
        return ()

    # ---- what follows ---------------------------------------------------------------------------------
    @classmethod
    def of(cls, request: HttpRequest) -> ListPage:
        return cls(actor=request.actor, at=request.at, params=request.GET, path=request.path)  # type: ignore[attr-defined]

    @cached_property
    def all_views(self) -> list[View]:
        return [*self.views, *self.own_views()]

    @cached_property
    def active(self) -> list[Active]:
        return self._read(self.params)

    def _read(self, params: QueryDict) -> list[Active]:
        return [Active(filter, params, self.actor, self.today) for filter in self.filters]

    @cached_property
    def order(self) -> Order:
        wanted = self.params.get("sort")
        return next((order for order in self.orders if order.key == wanted), self.orders[0])

    @cached_property
    def shown_columns(self) -> list[Column]:
        wanted = self.params.getlist("cols")
        if not wanted:
            return [column for column in self.columns if column.shown or column.fixed]
        return [column for column in self.columns if column.key in wanted or column.fixed]

    def filtered(self, active: list[Active] | None = None) -> QuerySet:
        """The rows that fit the filters, in no order yet."""
        return _narrow(self.queryset(), self.active if active is None else active)

    def counted(self, active: list[Active] | None = None) -> QuerySet:
        """The rows that fit the filters, for counting."""
        return _narrow(self.countable(), self.active if active is None else active)

    @cached_property
    def count(self) -> int:
        return capped_count(self.counted())

    def count_of(self, view: View) -> int:
        return capped_count(self.counted(self._read(QueryDict(view.query))))

    @cached_property
    def sentence(self) -> Sentence:
        phrases = [one.said for one in self.active if one.on]
        return Sentence(self.count, self.noun, phrases, self.order.label, self.highlights())

    @cached_property
    def window(self) -> Window:
        back = "before" in self.params
        text = self.params.get("before" if back else "after", "")
        cursor = read_cursor(text, self.model, self.order) if text else None
        rows = _narrow(self.drawn(), self.active)
        back = back and cursor is not None
        return window(rows, self.order, cursor=cursor, back=back, size=self.page_size, sorts=self.sorts)

    @cached_property
    def rows(self) -> list[Row]:
        columns = openings(self.shown_columns)
        return [draw_row(row, columns, self) for row in self.prepare(self.window.rows)]

    @cached_property
    def rows_html(self) -> SafeString:
        """The body of the table."""
        tick = TICK if self.bulk_acts else ""
        return SafeString("".join(row.html(tick) for row in self.rows))

    @cached_property
    def address(self) -> Address:
        """The canonical address of what is shown, without the place in it."""
        kept = [pair for one in self.active for pair in one.pairs]
        kept += [("sort", self.order.key)] if self.order is not self.orders[0] else []
        kept += [("cols", key) for key in self.params.getlist("cols")]
        kept += [("view", self.params["view"])] if self.params.get("view") else []
        return Address(self.path, tuple(kept))

    # ---- out of the page ------------------------------------------------------------------------------
    def export_columns(self, keys: Sequence[str] | None = None) -> list[Column]:
        chosen = self.shown_columns if keys is None else [c for c in self.columns if c.key in keys]
        return [column for column in chosen if column.export]

    def export_rows(self, columns: Sequence[Column], *, chunk: int = 1000) -> Iterator[list[Any]]:
        """All fitting rows in the chosen order as plain values, read in chunks so that memory stays small."""
        for row in self.each(chunk=chunk):
            yield [column.plain(row) for column in columns]

    def each(self, *, chunk: int = 1000) -> Iterator[Any]:
        """All fitting rows as objects, prepared, in the chosen order."""
        place: Cursor | None = None
        while True:
            part = window(self.filtered(), self.order, cursor=place, back=False, size=chunk)
            yield from self.prepare(part.rows)
            if not part.more_after:
                return
            place = Cursor.of(part.rows[-1], self.order)

    def response(self, request: HttpRequest, **extra: Any) -> HttpResponse:
        """The page, its swapped part (`HX-Target: list`), or the form of one filter (`?pick=<name>`)."""
        htmx = bool(request.headers.get("HX-Request"))
        context = {"page": self, "page_title": self.title} | extra
        if self.params.get("pick"):
            context["picks"] = self.picks(self.params["pick"])
            return render(request, "ui/list/pick.html" if htmx else "ui/list/pick_page.html", context)
        if htmx and request.headers.get("HX-Target") == "list":
            return render(request, "ui/list/body.html", context)
        return render(request, self.template, context)


def _narrow(rows: QuerySet, active: list[Active]) -> QuerySet:
    for one in active:
        rows = one.narrow(rows)
    return rows
