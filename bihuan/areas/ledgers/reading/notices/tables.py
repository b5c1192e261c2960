"""Tables in a document: a list of problems, a form whose cells hold the notice, or figures that are evidence."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bihuan.areas.ledgers.reading.above import context_of
from bihuan.areas.ledgers.reading.content import is_date_text
from bihuan.areas.ledgers.reading.fields import FIELDS
from bihuan.areas.ledgers.reading.grid import as_text
from bihuan.areas.ledgers.reading.header_words import is_header_word
from bihuan.areas.ledgers.reading.layout import DATA, MORE, SECTION, Layout, classify, lay_out
from bihuan.areas.ledgers.reading.layout import Table as Found
from bihuan.areas.ledgers.reading.mapping import Column, map_columns
from bihuan.areas.ledgers.reading.sheets import Sheet, Value
from bihuan.areas.ledgers.reading.status_words import SAME, is_empty

from .blocks import Table
from .forms import is_form
from .marks import heads
from .table_grid import as_sheet
from .words import FAULT, is_unit

_STATEMENT = ("序号", "问题描述", "责任单位", "整改期限", "责任人", "扣分")


@dataclass
class TableRow:
    """One problem of a list: field → (words, why they were only assumed)."""

    no: int
    said: dict[str, tuple[str, str]] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)
    section: str = ""
    piece: int = 0


@dataclass
class ListTable:
    """`context` is what stands over the header (`检查日期：…`), `others` are paragraphs that are no problem."""

    rows: list[TableRow]
    columns: list[Column]
    context: dict[str, str]
    assumed_header: bool = False


def list_of(table: Table, like: ListTable | None = None) -> ListTable | None:
    """The table as a list of problems, or None. `like`: the list before, for a table cut in two without a second header."""
    sheet, numbers = as_sheet(table)
    if is_form(table) and not _is_headed(sheet):
        return None
    return _with_header(sheet, numbers) or _without_header(sheet, numbers, like)


def _is_headed(sheet: Sheet) -> bool:
    """A first row of nothing but column headers, three or more: then the cells below may hold whole lists."""
    first = next(
        (
            [as_text(v).strip() for v in row if v is not None]
            for row in sheet.rows
            if any(v is not None for v in row)
        ),
        [],
    )
    return (
        len(first) >= 3
        and len(set(first)) == len(first)
        and all(is_header_word(text) for text in first)
        and len(sheet.rows) > 1
    )


def _with_header(sheet: Sheet, numbers: dict[tuple[int, int], int], *, shift: int = 0) -> ListTable | None:
    layout = lay_out(sheet)
    rows: list[TableRow] = []
    columns: list[Column] = []
    for found in layout.tables:
        mapped = _map(layout, found)
        if any(column.field == "statement" for column in mapped) and _is_list(layout, found, mapped):
            rows.extend(_rows(layout, found, mapped, numbers, shift))
            columns = columns or mapped
    return ListTable(rows, columns, context_of(layout)) if rows else None


def _map(layout: Layout, found: Found) -> list[Column]:
    cells, data = layout.sheet.rows, found.data_rows
    headers = [
        (c, path)
        for c, path in found.header.columns
        if (found.header.rows[-1], c) not in layout.grid.anchors or any(cells[r][c] is not None for r in data)
    ]
    columns = map_columns(headers, [[cells[r][c] for r in data] for c, _ in headers], {})
    statement = next((c.index for c in columns if c.field == "statement"), None)
    classify(layout, found, statement, next((c.index for c in columns if c.field == "seq_no"), None))
    return columns


def _is_list(layout: Layout, found: Found, columns: list[Column]) -> bool:
    """Its statements say something: statistics (问题数) and forms have numbers and labels there."""
    at = next(c.index for c in columns if c.field == "statement")
    texts = [as_text(layout.grid.shown(r, at)).strip() for r in found.data_rows]
    said = [text for text in texts if len(text) >= 4 and not re.fullmatch(r"[\d.%\s/]+", text)]
    return len(said) * 2 >= len(texts) and bool(said)


def _rows(
    layout: Layout, found: Found, columns: list[Column], numbers: dict[tuple[int, int], int], shift: int
) -> list[TableRow]:
    rows: list[TableRow] = []
    last: dict[int, str] = {}
    section = ""
    for r, kind in found.kinds.items():
        if kind == SECTION:
            section = found.sections.get(r, "").strip()
        elif kind == MORE and rows:
            _join(rows[-1], _row(layout, r, columns, numbers, {}, shift))
        elif kind == DATA:
            row = _row(layout, r, columns, numbers, last, shift)
            if "statement" not in row.said and rows and "seq_no" not in row.said:
                _join(rows[-1], row)
            elif "statement" in row.said:
                row.section = section
                rows.extend(_several(row))
    return rows


def _row(
    layout: Layout,
    r: int,
    columns: list[Column],
    numbers: dict[tuple[int, int], int],
    last: dict[int, str],
    shift: int,
) -> TableRow:
    places = [n for (row, _), n in numbers.items() if row == r]
    row = TableRow(min(places) - shift if places else 0)
    grid = layout.grid
    for column in columns:
        c, why = column.index, ""
        own = as_text(grid.sheet.rows[r][c]).strip()
        text = own
        if not own and (above := grid.down.get(r, {}).get(c)) is not None and column.field != "statement":
            text = as_text(grid.sheet.rows[above][c]).strip()
            why = f"合并单元格，取上面的“{text[:20]}”" if text else ""
        if text in SAME:
            text, why = last.get(c, ""), f"“{text}”取上面一行的“{last.get(c, '')[:20]}”"
        if not text or is_empty(text):
            continue
        last[c] = text
        if not column.field:
            row.kept[column.header] = text
        elif column.field not in row.said:
            row.said[column.field] = (text, why)
        elif FIELDS[column.field].many:
            row.said[column.field] = (f"{row.said[column.field][0]}、{text}", why)
    return row


def _several(row: TableRow) -> list[TableRow]:
    """A cell that holds 1.… 2.… 3.… holds as many problems; the rest of the row is true of each."""
    words, why = row.said["statement"]
    lines = [line.strip() for line in words.split("\n") if line.strip()]
    found = [next((h for h in heads(line) if not h.weak and h.number), None) for line in lines]
    if len(lines) < 2 or [h.number if h else 0 for h in found] != list(range(1, len(lines) + 1)):
        return [row]
    rows = []
    for at, (line, head) in enumerate(zip(lines, found, strict=True)):
        said = {**row.said, "statement": (line[head.length if head else 0 :].strip(), why)}
        if at and "seq_no" in said:
            said["seq_no"] = (f"{said['seq_no'][0]}-{at + 1}", "")
        rows.append(TableRow(row.no, said, dict(row.kept), row.section, at + 1))
    return rows


def _join(row: TableRow, more: TableRow) -> None:
    """A second line of the same problem; the words of both stay."""
    for code, (text, why) in more.said.items():
        held = row.said.get(code)
        if held is None:
            row.said[code] = (text, why)
        elif text not in held[0] and code not in ("seq_no",):
            row.said[code] = (f"{held[0]}\n{text}", held[1])


def _without_header(
    sheet: Sheet, numbers: dict[tuple[int, int], int], like: ListTable | None
) -> ListTable | None:
    """A list without a header: the one before it goes on, or a column of numbers beside a column of sentences."""
    header = _header_of(like, sheet) if like else _header_by_content(sheet)
    if header is None:
        return None
    shifted = Sheet(
        name=sheet.name,
        rows=[list(header), *sheet.rows],
        merges=[(a + 1, b, c + 1, d) for a, b, c, d in sheet.merges],
    )
    found = _with_header(shifted, {(r + 1, c): n for (r, c), n in numbers.items()})
    if found is not None:
        found.assumed_header = True
    return found


def _header_of(like: ListTable, sheet: Sheet) -> list[Value] | None:
    width = max((column.index for column in like.columns), default=-1) + 1
    if width != sheet.width or not sheet.rows:
        return None
    header: list[Value] = [None] * width
    for column in like.columns:
        header[column.index] = column.leaf
    return header


def _header_by_content(sheet: Sheet) -> list[Value] | None:
    """Number, statement and what else the cells show; None unless most rows have a number and a sentence."""
    width = sheet.width
    if width < 2 or not sheet.rows:
        return None
    texts = [[as_text(row[c]).strip() for row in sheet.rows] for c in range(width)]
    numbered = sum(
        1 for t in texts[0] if re.fullmatch(r"[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）、.]?", t)
    )
    longest = max(range(1, width), key=lambda c: sum(len(t) for t in texts[c]))
    average = sum(len(t) for t in texts[longest]) / len(texts[longest])
    if numbered * 10 < len(sheet.rows) * 7 or average < 7:
        return None
    faulty = sum(1 for t in texts[longest] if FAULT.search(t))
    if faulty * 2 < len(sheet.rows):
        return None
    header: list[Value] = [None] * width
    header[0], header[longest] = _STATEMENT[0], _STATEMENT[1]
    for c in range(1, width):
        filled = [t for t in texts[c] if t]
        if c == longest or not filled:
            continue
        if all(is_unit(t) for t in filled) and "责任单位" not in header:
            header[c] = "责任单位"
        elif sum(1 for t in filled if is_date_text(t)) * 2 >= len(filled) and "整改期限" not in header:
            header[c] = "整改期限"
        elif all(re.search(r"\d\s*(?:分|元)$|^扣", t) for t in filled):
            header[c] = "扣分"
        elif (
            all(2 <= len(t) <= 4 and re.fullmatch(r"[\u4e00-\u9fff]+", t) for t in filled)
            and "责任人" not in header
        ):
            header[c] = "责任人"
        else:
            header[c] = f"第 {c + 1} 列"
    return header
