"""Workbooks written row by row: the head as an office draws it, values with their types, memory that stays small.

A value is never a formula: text that begins with `=` stays text, so that a ledger cell cannot act in the
reader's Excel.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import xlsxwriter

from bihuan.kernel.moment import CHINA

FONT = "宋体"
CELL_LIMIT = 32_000
#: what a sheet of Excel holds
ROWS = 1_048_576
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_BAD_TITLE = re.compile(r"[\[\]:*?/\\]")


@dataclass(frozen=True, slots=True)
class Col:
    """One column. `width` in Excel's character widths; `kind` is text, date, moment, number or percent.

    Columns that follow each other with the same `group` stand under one merged head.
    """

    label: str
    width: float = 12
    group: str = ""
    kind: str = "text"


class Book:
    """A workbook in a temporary file. Use as a context manager; `path` may be read after it has closed."""

    def __init__(self, folder: Path | None = None) -> None:
        handle, name = tempfile.mkstemp(suffix=".xlsx", dir=folder)
        os.close(handle)
        self.path = Path(name)
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book = xlsxwriter.Workbook(str(self.path), options)
        self._formats: dict[str, Any] = {}

    def __enter__(self) -> Book:
        return self

    def __exit__(self, kind: type | None, *_: object) -> None:
        if kind is None:
            self._book.close()
        else:
            self.path.unlink(missing_ok=True)

    def sheet(
        self, title: str, columns: Sequence[Col], *, heading: str = "", above: Iterable[str] = ()
    ) -> Sheet:
        """A new sheet with its heading, the lines `above` the table, and one or two header rows."""
        return Sheet(self, title, columns, heading=heading, above=above)

    def drawn(self, title: str, part: int) -> Any:
        """A bare sheet; the second and further parts of a long table say so in their names."""
        more = f"（续{part - 1}）" if part > 1 else ""
        return self._book.add_worksheet(_BAD_TITLE.sub(" ", title)[: 31 - len(more)] + more)

    def look(self, kind: str) -> Any:
        """The format of a kind of cell, made once."""
        if kind not in self._formats:
            self._formats[kind] = self._book.add_format({**_BASE, **_LOOKS[kind]})
        return self._formats[kind]


_BASE = {"font_name": FONT, "font_size": 10.5, "valign": "vcenter"}
_FRAME = {"border": 1, "border_color": "#9a958e"}
_LOOKS: dict[str, dict[str, Any]] = {
    "heading": {"font_size": 16, "bold": True, "align": "center"},
    "above": {"font_size": 10, "font_color": "#4a5058", "text_wrap": True},
    "head": {**_FRAME, "bold": True, "align": "center", "text_wrap": True, "bg_color": "#f0eeeb"},
    "text": {**_FRAME, "text_wrap": True, "num_format": "@"},
    "number": {**_FRAME, "align": "right", "num_format": "#,##0"},
    "percent": {**_FRAME, "align": "right", "num_format": "0.00%"},
    "date": {**_FRAME, "align": "center", "num_format": "yyyy-mm-dd"},
    "moment": {**_FRAME, "align": "center", "num_format": "yyyy-mm-dd hh:mm"},
}


class Sheet:
    """One table being written, from top to bottom; a row that was passed cannot be changed any more.

    A sheet of Excel ends after ROWS rows, without a word from the library: the table then goes on in another.
    """

    def __init__(
        self, book: Book, title: str, columns: Sequence[Col], *, heading: str, above: Iterable[str]
    ) -> None:
        self._book, self._title, self.columns = book, title, list(columns)
        self._heading, self._above = heading, list(above)
        self.added = self._part = 0
        self._begin()

    def _begin(self) -> None:
        self._part += 1
        self._drawn = drawn = self._book.drawn(self._title, self._part)
        self.row = 0
        for at, column in enumerate(self.columns):
            drawn.set_column(at, at, column.width)
        if self._heading:
            self._across(self._heading, "heading", 28)
        for line in self._above:
            self._across(line, "above", 16 * (1 + len(line) * 2 // max(40, int(self._width()))))
        self._head()
        drawn.freeze_panes(self.row, 0)
        drawn.set_landscape()
        drawn.set_paper(9)
        drawn.fit_to_pages(1, 0)
        drawn.repeat_rows(self.row - 1)

    def _width(self) -> float:
        return sum(column.width for column in self.columns)

    def _across(self, text: str, look: str, height: float) -> None:
        """One line over the whole width of the table."""
        self._drawn.set_row(self.row, height)
        if len(self.columns) > 1:
            self._drawn.merge_range(
                self.row, 0, self.row, len(self.columns) - 1, clean(text), self._book.look(look)
            )
        else:
            self._drawn.write_string(self.row, 0, clean(text), self._book.look(look))
        self.row += 1

    def _head(self) -> None:
        look = self._book.look("head")
        if not any(column.group for column in self.columns):
            for at, column in enumerate(self.columns):
                self._drawn.write_string(self.row, at, column.label, look)
            self.row += 1
            return
        spans = self._spans()
        for group, first, last in spans:
            if not group:
                self._drawn.write_string(self.row, first, self.columns[first].label, look)
            elif first == last:
                self._drawn.write_string(self.row, first, group, look)
            else:
                self._drawn.merge_range(self.row, first, self.row, last, group, look)
        # `merge_range` downwards fails once the upper row is on disk, so such pairs are noted by hand.
        for group, first, last in spans:
            for at in range(first, last + 1):
                label = self.columns[at].label
                if group:
                    self._drawn.write_string(self.row + 1, at, label, look)
                else:
                    self._drawn.write_blank(self.row + 1, at, None, look)
                    self._drawn.merge.append([self.row, at, self.row + 1, at])
        self.row += 2

    def _spans(self) -> list[tuple[str, int, int]]:
        """(group, first, last) from left to right; a column without a group is a span of its own."""
        spans, at = [], 0
        for group, part in groupby(self.columns, key=lambda column: column.group):
            size = len(list(part))
            spans += [(group, at, at + size - 1)] if group else [("", i, i) for i in range(at, at + size)]
            at += size
        return spans

    def add(self, values: Sequence[Any]) -> None:
        """One row; values in the order of the columns."""
        if self.row >= ROWS:
            self._begin()
        for at, (column, value) in enumerate(zip(self.columns, values, strict=True)):
            self._write(at, column, value)
        self.row += 1
        self.added += 1

    def _write(self, at: int, column: Col, value: Any) -> None:
        look, put = self._book.look, self._drawn
        if value is None or value == "":
            put.write_blank(self.row, at, None, look(column.kind if column.kind in _LOOKS else "text"))
        elif isinstance(value, bool):
            put.write_string(self.row, at, "是" if value else "否", look("text"))
        elif isinstance(value, datetime):
            local = value.astimezone(CHINA).replace(tzinfo=None)
            put.write_datetime(self.row, at, local, look("date" if column.kind == "date" else "moment"))
        elif isinstance(value, date):
            put.write_datetime(self.row, at, datetime(value.year, value.month, value.day), look("date"))
        elif isinstance(value, int | float):
            put.write_number(self.row, at, value, look("percent" if column.kind == "percent" else "number"))
        else:
            put.write_string(self.row, at, clean(str(value)), look("text"))


def clean(text: str) -> str:
    """Text as Excel takes it: no control characters, no longer than a cell may hold."""
    return _ILLEGAL.sub("", text)[:CELL_LIMIT]
