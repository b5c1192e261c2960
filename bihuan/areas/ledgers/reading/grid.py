"""A sheet with its merges resolved: which cell speaks for which."""

from __future__ import annotations

from datetime import date, datetime
from functools import cached_property

from .sheets import Sheet, Value


class Grid:
    """Reads a sheet by (row, column), both from 0."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.height = len(sheet.rows)
        self.width = sheet.width

    @cached_property
    def anchors(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Covered cell → the cell in the upper left that holds the value."""
        found = {}
        for r0, c0, r1, c1 in self.sheet.merges:
            for r in range(r0, min(r1, self.height - 1) + 1):
                for c in range(c0, min(c1, self.width - 1) + 1):
                    if (r, c) != (r0, c0):
                        found[(r, c)] = (r0, c0)
        return found

    @cached_property
    def down(self) -> dict[int, dict[int, int]]:
        """Row → {column: row of the value} for cells merged downwards in their own column."""
        found: dict[int, dict[int, int]] = {}
        for r0, c0, r1, _ in self.sheet.merges:
            for r in range(r0 + 1, min(r1, self.height - 1) + 1):
                found.setdefault(r, {})[c0] = r0
        return found

    @cached_property
    def spans(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Upper left cell → last row and last column of its merge."""
        return {(r0, c0): (r1, c1) for r0, c0, r1, c1 in self.sheet.merges}

    def own(self, r: int) -> list[tuple[int, Value]]:
        """The filled cells of a row, without what is merged into it."""
        return [(c, v) for c, v in enumerate(self.sheet.rows[r]) if v is not None]

    def shown(self, r: int, c: int) -> Value:
        r0, c0 = self.anchors.get((r, c), (r, c))
        return self.sheet.rows[r0][c0]

    def texts(self, r: int) -> list[str]:
        """The different texts of a row in order: a title copied into every merged cell counts once."""
        return list(dict.fromkeys([as_text(v).strip() for v in self.sheet.rows[r] if v is not None]))


def as_text(value: Value) -> str:
    """A cell as words. Dates become ISO; midnight is no time."""
    if type(value) is str:
        return value
    if value is None:
        return ""
    if isinstance(value, datetime):
        return (
            value.date().isoformat()
            if not (value.hour or value.minute or value.second)
            else value.isoformat(" ")
        )
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str) else str(value)
