"""Columns of a list: how a value is drawn on the page and what it is in an export."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString

from bihuan.kernel.moment import local_day
from bihuan.ui.parts import date_short


@dataclass(frozen=True)
class Column:
    """Declares one column.

    `value` is a dotted attribute path or a callable of the row (the key itself when left out): the plain value
    for exports and, without `cell`, for the page. `cell(row, page)` returns safe HTML or text. `width` is in
    px, 0 takes what is left. `order` names the order that a click on the head chooses. `phone` says where the
    cell goes in the card of a phone: top, end, title, note, or hide.
    """

    key: str
    label: str
    value: str | Callable[[Any], Any] = ""
    cell: Callable[[Any, Any], Any] | None = None
    width: int = 0
    align: str = ""
    order: str = ""
    shown: bool = True
    fixed: bool = False
    export: bool = True
    phone: str = "hide"
    soft: bool = False
    link: bool = False

    @property
    def css(self) -> str:
        names = [
            "b-num" if self.align == "num" else "",
            "b-mid" if self.align == "mid" else "",
            "b-soft" if self.soft else "",
        ]
        names += [
            "b-td-clock" if self.key == "clock" else "",
            "" if self.phone == "hide" else f"b-ph-{self.phone}",
        ]
        return " ".join(name for name in names if name)

    def plain(self, row: Any) -> Any:
        """The value itself: what an export writes, with its type."""
        if callable(self.value):
            return self.value(row)
        found = row
        for step in (self.value or self.key).split("."):
            found = getattr(found, step, None)
            if found is None:
                return None
        return found() if callable(found) else found

    def draw(self, row: Any, page: Any) -> Any:
        """The cell's content for the page."""
        return self.cell(row, page) if self.cell else text_of(self.plain(row), page.today)


def text_of(value: Any, today: date) -> str | SafeString:
    """A value as an office writes it: dates short, numbers with thousands, nothing as nothing."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return date_short(local_day(value), today)
    if isinstance(value, date):
        return date_short(value, today)
    return f"{value:,}" if isinstance(value, int) else value if isinstance(value, SafeString) else str(value)


@dataclass(frozen=True, slots=True)
class Row:
    """What the table draws: the object's key, its address, its cells as one string, a class for tinted rows."""

    pk: Any
    url: str
    cells: SafeString
    css: str = ""

    def html(self, tick: str) -> str:
        css = f' class="{self.css}"' if self.css else ""
        return f"<tr{css}>{tick.format(self.pk)}{self.cells}</tr>\n"


#: the box of a row that can be chosen
TICK = (
    '<td class="b-td-tick"><input type="checkbox" name="picked" value="{}" form="list-bulk" data-pick="list" '
    'aria-label="选中"></td>'
)


def draw_row(row: Any, columns: list[tuple[Column, str]], page: Any) -> Row:
    """`columns` are pairs with their opening tag. Five hundred cells a page: strings, no template."""
    url = page.row_url(row)
    cells = []
    for column, opening in columns:
        html = conditional_escape(column.draw(row, page))
        if column.link and url:
            html = f'<a class="b-link-row" href="{escape(url)}">{html}</a>'
        cells.append(f"{opening}{html}</td>")
    return Row(row.pk, url, SafeString("".join(cells)), page.row_css(row))


def openings(columns: list[Column]) -> list[tuple[Column, str]]:
    return [(column, f'<td class="{column.css}">' if column.css else "<td>") for column in columns]
