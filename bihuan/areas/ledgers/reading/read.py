"""A ledger from bytes to rows with verdicts: the one entrance of this room."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice

from bihuan.kernel.refused import Invalid
from bihuan.kernel.text import fold

from .about import Part, about, notes_of
from .above import context_of, unit_of_title
from .content import is_full_date
from .draft import Row
from .fields import FIELDS, KEPT
from .grid import as_text
from .layout import Layout, Table, classify, lay_out
from .mapping import Column, map_columns
from .match import Directory, Matcher
from .notices.read import Asked, read_notice
from .result import Reading
from .rows import TableReader
from .sheets import Book
from .sniff import SIZE_LIMIT, check_size, kind_of
from .status_words import read_scale
from .workbook import open_book


@dataclass(frozen=True)
class Overrides:
    """What a person corrected; everything after it is computed anew.

    `columns`: column index → field code or "kept". `header_rows` and `use`: by sheet name, rows from 1.
    `cells`: (sheet, row from 1, column index) → text. `skip`: (sheet, row from 1). `paragraphs` of a notice:
    its number → problem, not or more (goes on with the problem above).
    """

    columns: dict[int, str] = field(default_factory=dict)
    header_rows: dict[str, list[int]] = field(default_factory=dict)
    use: dict[str, bool] = field(default_factory=dict)
    cells: dict[tuple[str, int, int], str] = field(default_factory=dict)
    skip: frozenset[tuple[str, int]] = frozenset()
    paragraphs: dict[str, str] = field(default_factory=dict)


def read_ledger(
    data: bytes,
    filename: str,
    *,
    base: date,
    directory: Directory | None = None,
    overrides: Overrides | None = None,
    limit: int = SIZE_LIMIT,
) -> Reading:
    """`base` is the day from which days without a year are understood. Never raises for what the file holds:
    a file that cannot be read comes back with `refused` set.
    """
    wish = overrides or Overrides()
    try:
        check_size(len(data), limit)
        if kind_of(data, filename) == "docx":
            asked = Asked(wish.paragraphs, wish.cells, wish.skip)
            return read_notice(data, filename, base=base, directory=directory, asked=asked)
        book = open_book(data, filename, limit=limit)
    except Invalid as refusal:
        return Reading(
            filename=filename,
            refused="；".join(part for part in (refusal.reason, refusal.todo) if part) + "。",
        )
    return _read_book(book, filename, base, directory, wish)


def _read_book(
    book: Book, filename: str, base: date, directory: Directory | None, wish: Overrides
) -> Reading:
    reading = Reading(filename=filename, kind=book.kind, notes=list(book.notes))
    parts = []
    for sheet in book.sheets:
        asked = wish.header_rows.get(sheet.name)
        layout = lay_out(sheet, [row - 1 for row in asked] if asked else None)
        parts.append(Part(layout, [(table, _map(layout, table, wish)) for table in layout.tables]))
    used = _choose(parts, wish)
    if not used:
        reading.refused = "没有找到问题表：各工作表里都认不出表头；确认有“问题描述”一类的列，或在“改版面”里指定表头在第几行。"
    matcher = Matcher(directory) if directory is not None else None
    unit_names = _units_by_sheet(used)
    for part in parts:
        rows = _read_part(part, book, filename, base, wish, unit_names) if part in used else []
        if matcher is not None:
            for row in rows:
                matcher.match(row)
        reading.rows.extend(rows)
        reading.sheets.append(about(part, part in used, len(rows)))
        reading.notes.extend(notes_of(part, part in used))
    _gather_columns(reading, used)
    _mark_doubles(reading)
    _say_empty(reading, used)
    return reading


def _map(layout: Layout, table: Table, wish: Overrides) -> list[Column]:
    headers = _without_twins(layout, table)
    rows = table.data_rows
    cells = layout.sheet.rows
    known = {
        index: (KEPT if code == "kept" else code)
        for index, code in wish.columns.items()
        if code == "kept" or code in FIELDS
    }
    columns = map_columns(headers, [[cells[r][c] for r in rows] for c, _ in headers], known)
    statement = next((c.index for c in columns if c.field == "statement"), None)
    seq = next((c.index for c in columns if c.field == "seq_no"), None)
    classify(layout, table, statement, seq)
    return columns


def _without_twins(layout: Layout, table: Table) -> list[tuple[int, tuple[str, ...]]]:
    """A header cell merged over several columns whose data fill only the first is one column, not several."""
    rows, cells = table.data_rows, layout.sheet.rows
    kept: list[tuple[int, tuple[str, ...]]] = []
    for c, path in table.header.columns:
        twin = kept and kept[-1][1] == path and (table.header.rows[-1], c) in layout.grid.anchors
        if twin and not any(cells[r][c] is not None for r in rows):
            continue
        kept.append((c, path))
    bare = {c for c, _ in table.header.columns}
    for c in range(layout.grid.width):
        if c not in bare and sum(1 for r in rows if cells[r][c] is not None) * 5 > len(rows):
            kept.append((c, (f"第 {c + 1} 列（无表头）",)))
    return sorted(kept)


def _choose(parts: list[Part], wish: Overrides) -> list[Part]:
    """Sheets with a column of problems; without any, the first sheet with a known header, so that its rows can be seen."""
    chosen = [part for part in parts if part.has_problems and part.layout.sheet.visible]
    if not chosen:
        chosen = [part for part in parts if part.has_problems]
    if not chosen:
        chosen = [
            part
            for part in parts
            if any(sum(1 for c in columns if c.field) >= 2 for _, columns in part.tables)
        ][:1]
    named = {part.layout.sheet.name: part for part in parts}
    kept = [part for part in chosen if wish.use.get(part.layout.sheet.name, True)]
    return kept + [
        named[name]
        for name, on in wish.use.items()
        if on and name in named and named[name] not in kept and named[name].tables
    ]


def _read_part(
    part: Part, book: Book, filename: str, base: date, wish: Overrides, unit_names: dict[str, str]
) -> list[Row]:
    layout, name = part.layout, part.layout.sheet.name
    context = context_of(layout)
    scale = read_scale(
        "\n".join(layout.above + layout.notes + [c.header for _, cols in part.tables for c in cols])
    )
    title_unit = unit_of_title(layout.above)
    default = (title_unit, "标题") if title_unit else (unit_names.get(name, ""), "工作表名")
    mended = {(row - 1, column): text for (sheet, row, column), text in wish.cells.items() if sheet == name}
    day = _base_of(part, filename, base)
    rows: list[Row] = []
    for table, columns in part.tables:
        if part.has_problems and not part.holds(columns):
            continue
        reader = TableReader(layout, table, columns, day, book.epoch_1904, scale, context, mended, default)
        rows.extend(reader.read())
    for row in rows:
        if (name, row.source_row) in wish.skip:
            row.skipped = "按人工决定跳过"
    return rows


def _base_of(part: Part, filename: str, base: date) -> date:
    """Days without a year in a ledger of 2024 belong to 2024: the year of title, sheet or the days written in full."""
    said = re.findall(
        r"(?<!\d)(20\d{2})\s*(?:年|[.\-_)）]|\b)",
        " ".join([*part.layout.above, part.layout.sheet.name, filename]),
    )
    years = [int(year) for year in said if int(year) <= base.year]
    if not years:
        for table, columns in part.tables:
            spots = [c.index for c in columns if c.field == "found_at"]
            cells = (part.layout.sheet.rows[r][c] for r in table.data_rows for c in spots)
            years.extend(int(as_text(value).strip()[:4]) for value in cells if is_full_date(value))
    return min(base, date(max(years), 12, 31)) if years else base


def _units_by_sheet(used: list[Part]) -> dict[str, str]:
    """Sheet names stand for units where there are several and they are names, not 表1 or 问题台账."""
    names = [part.layout.sheet.name.strip() for part in used]
    plain = re.compile(
        r"sheet\d*|工作表\d*|表\d*|.*(?:台账|清单|汇总|问题|隐患|明细|月|年|季度|周|检查|总表|一览表).*|\d+",
        re.IGNORECASE,
    )
    return {name: name for name in names if len(names) > 1 and not plain.fullmatch(fold(name))}


def _gather_columns(reading: Reading, used: list[Part]) -> None:
    """Columns of the first table; further tables add theirs only where their header differs."""
    seen: set[tuple[int, str]] = set()
    for part in used:
        for table, columns in part.tables:
            if part.has_problems and not part.holds(columns):
                continue
            for column in columns:
                if (column.index, column.header) in seen:
                    continue
                if seen and reading.columns and any(c.index == column.index for c in reading.columns):
                    column = replace(column, reason=f"{column.reason}（工作表“{part.layout.sheet.name}”）")
                seen.add((column.index, column.header))
                reading.columns.append(column)
                cells = (part.layout.sheet.rows[r][column.index] for r in table.data_rows)
                filled = islice((value for value in cells if value is not None), 200)
                texts = dict.fromkeys(as_text(value).strip() for value in filled)
                reading.samples.setdefault(column.index, list(texts)[:3])


def _mark_doubles(reading: Reading) -> None:
    """The same problem on a summary sheet and on its unit's sheet comes in once; on one sheet it is only pointed at."""
    first: dict[tuple[str, ...], Row] = {}
    for row in reading.rows:
        if "statement" not in row.values or row.skipped:
            continue
        key = (
            fold(row.text("statement")),
            fold(row.text("unit")),
            row.text("found_at"),
            fold(row.text("place")),
        )
        other = first.setdefault(key, row)
        if other is row:
            continue
        where = f"工作表“{other.sheet}”第 {other.source_row} 行"
        if other.sheet != row.sheet:
            row.skipped = f"与{where}是同一个问题，只导入一次"
        else:
            row.problem(
                "duplicate",
                "statement",
                f"与第 {other.source_row} 行的单位、日期、表述完全相同",
                "确认是两个问题，或跳过这一行",
            )


def _say_empty(reading: Reading, used: list[Part]) -> None:
    if not used or reading.refused:
        return
    if not reading.rows:
        header = "、".join(str(r + 1) for r in used[0].layout.tables[0].header.rows)
        reading.notes.insert(
            0,
            f"认出了表头（第 {header} 行，{len(reading.columns)} 列），但一行问题也没有，像是空白表样；填好后再传",
        )
    elif not used[0].has_problems:
        reading.notes.insert(0, "这张表没有问题表述一列，像是另一张台账的附表；补上问题表述，或先导入主表")
