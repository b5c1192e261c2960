"""Web systems export `.xls` files that are HTML. Simple tables are read; what spans cells becomes a merge."""

from __future__ import annotations

from html.parser import HTMLParser

from bihuan.kernel.refused import Invalid

from .csv_text import decoded
from .sheets import Book, Sheet, Span, Value, clean, squared
from .sniff import SAVE_AS


class _Tables(HTMLParser):
    """Collects the rows of every outermost table as (text, rowspan, colspan)."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[tuple[str, int, int]]]] = []
        self._depth = 0
        self._cell: list[str] | None = None
        self._span = (1, 1)
        self.images = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.tables.append([])
        elif tag == "tr" and self._depth == 1:
            self._close_cell()
            self.tables[-1].append([])
        elif tag in ("td", "th") and self._depth == 1:
            self._close_cell()
            known = dict(attrs)
            self._span = (_number(known.get("rowspan")), _number(known.get("colspan")))
            self._cell = []
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")
        elif tag == "img":
            self.images += 1

    def handle_endtag(self, tag: str) -> None:
        if tag == "table" and self._depth:
            if self._depth == 1:
                self._close_cell()
            self._depth -= 1
        elif tag in ("td", "th", "tr") and self._depth == 1:
            self._close_cell()

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def _close_cell(self) -> None:
        if self._cell is not None and self.tables:
            if not self.tables[-1]:
                self.tables[-1].append([])
            text = "\n".join(line.strip() for line in "".join(self._cell).strip().splitlines())
            self.tables[-1][-1].append((text, *self._span))
        self._cell = None


def _number(text: str | None) -> int:
    return min(max(int(text), 1), 1000) if text and text.isdigit() else 1


def open_html(data: bytes, filename: str) -> Book:
    parser = _Tables()
    parser.feed(decoded(data)[0])
    tables = [table for table in parser.tables if any(cell[0] for row in table for cell in row)]
    if not tables:
        raise Invalid("这个文件其实是网页，里面没有表格", SAVE_AS)
    sheets = []
    for number, table in enumerate(tables, start=1):
        rows, merges = _grid(table)
        sheets.append(
            Sheet(name=f"表{number}", rows=rows, merges=merges, images=parser.images if number == 1 else 0)
        )
    return Book(kind="html", sheets=sheets, notes=["文件其实是网页格式，已按其中的表格读取"])


def _grid(table: list[list[tuple[str, int, int]]]) -> tuple[list[list[Value]], list[Span]]:
    taken: dict[tuple[int, int], Value] = {}
    merges: list[Span] = []
    for r, row in enumerate(table):
        c = 0
        for text, down, across in row:
            while (r, c) in taken:
                c += 1
            for dr in range(down):
                for dc in range(across):
                    taken[(r + dr, c + dc)] = None
            taken[(r, c)] = clean(text)
            if down > 1 or across > 1:
                merges.append((r, c, r + down - 1, c + across - 1))
            c += across
    height = max((spot[0] for spot in taken), default=-1) + 1
    width = max((spot[1] for spot in taken), default=-1) + 1
    rows: list[list[Value]] = [[taken.get((r, c)) for c in range(width)] for r in range(height)]
    return squared(rows), merges
