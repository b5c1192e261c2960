"""All rows of one table: values down from merges and 同上, one row after the other, problems on several lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from . import cells, settle, when
from .draft import Row, cell_key
from .fields import FIELDS, label_of
from .grid import as_text
from .layout import DATA, MORE, Layout, Table
from .lines import append_line, is_second_line
from .mapping import SURE, Column, is_tick
from .sheets import Value, column_letter
from .status_words import LONGEST_EMPTY, SAME, is_empty

GROUPED = frozenset(("unit", "found_at", "found_unit", "found_by", "source_name", "project", "category"))
"""Fields that are often written once for several rows below each other."""


@dataclass
class TableReader:
    """`mended` holds cells corrected by hand, (row, column) → text; `default_unit` comes from title or sheet name."""

    layout: Layout
    table: Table
    columns: list[Column]
    base: date
    epoch_1904: bool = False
    scale: dict[str, str] = field(default_factory=dict)
    context: dict[str, str] = field(default_factory=dict)
    mended: dict[tuple[int, int], str] = field(default_factory=dict)
    default_unit: tuple[str, str] = ("", "")
    _last: dict[int, Value] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.grid = self.layout.grid
        self.mapped = {column.field for column in self.columns if column.field}
        order = {code: n for n, code in enumerate(FIELDS)}
        self.by_order = sorted(self.columns, key=lambda c: order.get(c.field, -1))
        units = [c for c in self.columns if c.field == "unit"]
        self.roles = {c.index: c.role for c in units} if len(units) > 1 else {}
        self.sparse = {c.index for c in self.columns if c.field in GROUPED and self._is_sparse(c.index)}
        self._readers: dict[str, Callable[[Row, Column, Value], None]] = {
            "statement": lambda row, _, value: cells.read_statement(row, value),
            "date": lambda row, col, value: when.read_day(row, col.field, value, self.base, self.epoch_1904),
            "due": lambda row, _, value: when.read_due(row, value, self.base, self.epoch_1904),
            "people": lambda row, col, value: cells.read_people(row, col.field, value),
            "unit": self._read_unit,
            "progress": lambda row, col, value: cells.read_progress(row, value, col.header),
            "closed": lambda row, col, value: cells.read_closed(row, value, col.leaf),
            "grade": lambda row, _, value: cells.read_grade_cell(row, value, self.scale),
            "timing": lambda row, _, value: cells.read_timing_cell(row, value),
        }
        self.keyed = [
            (column, cell_key(column.index, column.header), self._plain_reader(column))
            for column in self.by_order
        ]

    def read(self) -> list[Row]:
        rows: list[Row] = []
        section = ""
        for r, kind in self.table.kinds.items():
            section = self.table.sections.get(r, section)
            if kind == DATA:
                row = self._row(r, section)
                if rows and is_second_line(row, self._filled(r), self.mapped):
                    append_line(rows[-1], row)
                else:
                    rows.append(row)
            elif kind == MORE and rows:
                append_line(rows[-1], self._row(r, section, only_own=True))
        return rows

    def _row(self, r: int, section: str, *, only_own: bool = False) -> Row:
        row = Row(sheet=self.layout.sheet.name, source_row=r + 1)
        kept: dict[str, str] = {}
        by_role: dict[str, str] = {}
        here = self.grid.sheet.rows[r]
        for column, key, plain in self.keyed:
            value = here[column.index]
            text = as_text(value).strip()
            row.cells[key] = self._as_it_stands(r, column.index, text)
            if value is None or self.mended or text in SAME:
                value = self._value(row, r, column, only_own)
                if value is None:
                    continue
                text = as_text(value).strip()
            else:
                self._last[column.index] = value
            if not column.field:
                kept[self._kept_name(column)] = text
            elif not (len(text) <= LONGEST_EMPTY and isinstance(value, str) and is_empty(text)):
                if plain is None:
                    self._read(row, column, value, by_role)
                else:
                    plain(row, column, value)
        if kept:
            row.values["kept"] = kept
        self._finish(row, by_role, section if not only_own else "", only_own)
        return row

    def _as_it_stands(self, r: int, c: int, text: str) -> str:
        return self.mended.get((r, c), text) if self.mended else text

    def _plain_reader(self, column: Column) -> Callable[[Row, Column, Value], None] | None:
        """What reads a cell of this column, where nothing has to be weighed around it."""
        if not column.field or column.tick or column.index in self.roles or 0 < column.confidence < SURE:
            return None
        return self._readers.get(FIELDS[column.field].kind) or (
            lambda row, col, value: cells.read_text(row, col.field, value)
        )

    def _kept_name(self, column: Column) -> str:
        same = sum(1 for other in self.columns if other.header == column.header)
        return f"{column.header}（{column_letter(column.index)} 列）" if same > 1 else column.header

    def _value(self, row: Row, r: int, column: Column, only_own: bool) -> Value:
        c = column.index
        if self.mended and (r, c) in self.mended:
            return self.mended[(r, c)] or None
        value = self.grid.sheet.rows[r][c]
        if value is None:
            self._note_formula(row, r, column)
            above = self.grid.down.get(r, {}).get(c)
            if (
                above is None
                and c in self.sparse
                and not only_own
                and self._last.get(c) is not None
                and self._numbered(r)
            ):
                value = self._last[c]
                row.guess(
                    column.field, "", as_text(value)[:60], f"空着，像是与上面相同，取“{as_text(value)[:20]}”"
                )
                return value
            if above is None or only_own or self.grid.sheet.rows[above][c] is None:
                return None
            value = (
                self._last.get(c) if above <= self.table.header.rows[-1] else self.grid.sheet.rows[above][c]
            )
            if isinstance(value, str) and value.strip() in SAME:
                value = self._last.get(c)
            if column.field and value is not None:
                row.guess(
                    column.field,
                    "",
                    as_text(value)[:60],
                    f"合并单元格，取第 {above + 1} 行的“{as_text(value)[:20]}”",
                )
            return value
        if isinstance(value, str) and value.strip() in SAME:
            said, value = value.strip(), self._last.get(c)
            if value is not None and column.field:
                row.guess(
                    column.field, said, as_text(value)[:60], f"“{said}”取上面一行的“{as_text(value)[:20]}”"
                )
            return value
        self._last[c] = value
        return value

    def _is_sparse(self, c: int) -> bool:
        """A value stands only in the first row of its group: never twice in succession, and many cells are empty."""
        if self.roles and c in self.roles:
            return False
        cells_down = [self.grid.sheet.rows[r][c] for r in self.table.data_rows]
        filled = [value for value in cells_down if value is not None]
        if (
            len(cells_down) < 4
            or not filled
            or cells_down[0] is None
            or len(filled) * 10 > len(cells_down) * 7
        ):
            return False
        merged = any(c in self.grid.down.get(r, {}) for r in self.table.data_rows)
        return not merged and all(a != b for a, b in pairwise(filled))

    def _numbered(self, r: int) -> bool:
        """Whether the row is a problem of its own rather than a second line of the one above."""
        own = [c.index for c in self.columns if c.field in ("seq_no", "origin_no", "statement")]
        return any(self.grid.sheet.rows[r][c] is not None for c in own)

    def _note_formula(self, row: Row, r: int, column: Column) -> None:
        spot, letter = (r, column.index), column_letter(column.index)
        if spot in self.grid.sheet.uncached:
            message = f"{letter}{r + 1} 是公式，文件里没有存下结果"
            row.problem("uncached", column.field, message, "用 WPS 或 Excel 打开保存一次再传，或在这里填上")
        elif spot in self.grid.sheet.broken:
            row.problem("uncached", column.field, f"{letter}{r + 1} 的公式出错，没有值", "在这里填上")

    def _read(self, row: Row, column: Column, value: Value, by_role: dict[str, str]) -> None:
        code = column.field
        if column.tick:
            if code in row.values:
                row.guess(code, as_text(value), column.tick, f"打了两个勾，按“{column.tick}”看")
            value = column.tick if is_tick(value) else value
        if column.index in self.roles:
            held = row.values.pop("unit", None)
            self._read_unit(row, column, value)
            name = row.values.pop("unit", None)
            if isinstance(name, str):
                by_role[self.roles[column.index]] = name
            if held is not None:
                row.values["unit"] = held
            return
        reader = self._readers.get(FIELDS[code].kind)
        if reader is None:
            cells.read_text(row, code, value)
        else:
            reader(row, column, value)
        if 0 < column.confidence < SURE and code in row.values:
            taken = row.values[code]
            shown = taken if isinstance(taken, str) else "、".join(taken) if isinstance(taken, list) else ""
            why = f"“{column.header}”对应“{label_of(code)}”只有 {column.confidence * 100:.0f}% 的把握"
            row.guess(code, as_text(value)[:60], shown[:60], why)

    def _read_unit(self, row: Row, column: Column, value: Value) -> None:
        cells.read_unit(
            row, column.field, value, with_people="人" in column.leaf and "person" not in self.mapped
        )

    def _finish(self, row: Row, by_role: dict[str, str], section: str, only_own: bool) -> None:
        settle.settle_units(row, by_role)
        settle.settle_shift(row, self.base, self.epoch_1904)
        settle.settle_progress(row)
        settle.settle_timing(row)
        if only_own:
            return
        settle.settle_section(row, section, "category" in self.mapped, "unit" in self.mapped)
        settle.settle_context(row, self.context, self.mapped, self.base)
        settle.settle_order(row)
        unit, source = self.default_unit
        if unit and "unit" not in row.values and "unit" not in self.mapped:
            row.values["unit"] = unit
            row.guess("unit", source, unit, f"没有责任单位列，取{source}里的“{unit}”")
        if "unit" not in row.values and "unit" in self.mapped:
            row.problem("no_unit", "unit", "没有责任单位", "选责任单位，或导入后再下达")
        if "statement" not in row.values:
            row.problem(
                "no_statement", "statement", "没有问题表述", "补写问题表述，或跳过这一行", blocking=True
            )

    def _filled(self, r: int) -> set[str]:
        return {c.field for c in self.columns if self.grid.sheet.rows[r][c.index] is not None}
