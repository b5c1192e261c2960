"""A table of a document as the grid a spreadsheet would hold."""

from __future__ import annotations

import re

from bihuan.areas.ledgers.reading.grid import Grid
from bihuan.areas.ledgers.reading.sheets import Sheet, Value, clean, squared

from .blocks import Cell, Table


def as_sheet(table: Table) -> tuple[Sheet, dict[tuple[int, int], int]]:
    """A grid as a spreadsheet would hold it, and the paragraph each cell begins with."""
    rows: list[list[Value]] = []
    merges, numbers = [], {}
    open_down: dict[int, tuple[int, int]] = {}
    for r, cells in enumerate(table.rows):
        row: list[Value] = [None] * table.before[r]
        for cell in cells:
            c = len(row)
            last = c + cell.wide - 1
            if cell.merge == "more" and c in open_down:
                row.extend([None] * cell.wide)
                continue
            open_down.pop(c, None)
            if cell.merge == "start":
                open_down[c] = (r, last)
            elif cell.wide > 1:
                merges.append((r, c, r, last))
            row.append(_value(cell))
            if pars := cell.pars():
                numbers[(r, c)] = pars[0].no
            row.extend([None] * (cell.wide - 1))
        rows.append(row)
    merges += _downwards(table)
    return Sheet(name=table.name, rows=squared(rows), merges=merges), numbers


def _value(cell: Cell) -> Value:
    text = cell.text.strip()
    return clean(int(text) if re.fullmatch(r"\d{1,6}", text) and text.isascii() else text)


def _downwards(table: Table) -> list[tuple[int, int, int, int]]:
    found: list[tuple[int, int, int, int]] = []
    begun: dict[int, list[int]] = {}
    for r, cells in enumerate([*table.rows, []]):
        c = table.before[r] if r < len(table.before) else 0
        seen: set[int] = set()
        for cell in cells:
            if cell.merge == "more" and c in begun:
                begun[c][2] = r
                seen.add(c)
            elif cell.merge == "start":
                _close(found, begun.pop(c, None))
                begun[c] = [r, c, r, c + cell.wide - 1]
                seen.add(c)
            c += cell.wide
        for other in [k for k in begun if k not in seen]:
            _close(found, begun.pop(other))
    return found


def _close(found: list[tuple[int, int, int, int]], span: list[int] | None) -> None:
    if span is not None and (span[2] > span[0] or span[3] > span[1]):
        found.append((span[0], span[1], span[2], span[3]))


def as_words(table: Table) -> str:
    """A table of figures as lines of text, to stay with the problem it belongs to."""
    grid = Grid(as_sheet(table)[0])
    return "\n".join("　".join(grid.texts(r)) for r in range(grid.height) if grid.own(r))[:1500]
