"""What a file holds once it is open, whatever its format was."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time

Value = None | str | int | float | date | datetime | time
Spot = tuple[int, int]
Span = tuple[int, int, int, int]
"""First row, first column, last row, last column; all counted from 0 and all included."""


@dataclass
class Sheet:
    """One sheet. `rows` starts at row 1 of the sheet and all rows have the same length; empty cells are None.

    `uncached` are cells with a formula for which the file stores no result: the program that wrote the file never
    calculated it, so the value cannot be known here. `broken` are cells whose formula ended in an error.
    """

    name: str
    rows: list[list[Value]]
    merges: list[Span] = field(default_factory=list)
    visible: bool = True
    hidden_rows: set[int] = field(default_factory=set)
    images: int = 0
    uncached: set[Spot] = field(default_factory=set)
    broken: set[Spot] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)

    @property
    def width(self) -> int:
        return len(self.rows[0]) if self.rows else 0


@dataclass
class Book:
    """An open file. `kind` is what the bytes are (xlsx, xls, xlsb, ods, csv, html), not what the name says."""

    kind: str
    sheets: list[Sheet]
    notes: list[str] = field(default_factory=list)
    epoch_1904: bool = False


def clean(value: object) -> Value:
    """A cell as read by a library, made plain: no empty strings, no 1.0 where the sheet shows 1."""
    if isinstance(value, str):
        if "\r" in value or "_x000D_" in value:
            value = value.replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "")
        return value if value.strip(" \t\n\u3000\xa0\ufeff") else None
    if value is None:
        return None
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, (int, date, datetime, time)):
        return value
    return str(value)


def squared(rows: list[list[Value]]) -> list[list[Value]]:
    """All rows as long as the longest one, so that columns can be asked for without care."""
    width = max((len(row) for row in rows), default=0)
    for row in rows:
        if len(row) < width:
            row.extend([None] * (width - len(row)))
    return rows


def column_letter(index: int) -> str:
    """0 → A, 26 → AA: the name people see above the column."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_index(letters: str) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1
