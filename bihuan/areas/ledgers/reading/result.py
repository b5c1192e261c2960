"""What reading a ledger hands back."""

from __future__ import annotations

from dataclasses import dataclass, field

from .draft import FIX, GUESSED, OK, SKIP, Row
from .fields import KEPT
from .mapping import Column


@dataclass(frozen=True)
class SheetReading:
    """What each row of a sheet was taken for. Rows count from 1 as the sheet shows them.

    `used` says whether its rows were read; `why` is the sentence for it. `kinds` maps a row to title, header,
    repeated_header, data, continued, blank, section, total, note or number_only.
    """

    name: str
    used: bool
    why: str
    title: str = ""
    header_rows: tuple[int, ...] = ()
    first_data_row: int = 0
    last_data_row: int = 0
    data_rows: int = 0
    kinds: dict[int, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    images: int = 0
    columns: tuple[Column, ...] = ()

    def as_json(self) -> dict[str, object]:
        return {
            "name": self.name,
            "used": self.used,
            "why": self.why,
            "title": self.title,
            "header_rows": list(self.header_rows),
            "first_data_row": self.first_data_row,
            "last_data_row": self.last_data_row,
            "data_rows": self.data_rows,
            "other_rows": {
                kind: [row for row, k in self.kinds.items() if k == kind]
                for kind in (
                    "title",
                    "repeated_header",
                    "continued",
                    "section",
                    "total",
                    "note",
                    "number_only",
                )
                if kind in self.kinds.values()
            },
            "foot": list(self.notes),
            "images": self.images,
        }


@dataclass
class Reading:
    """A whole file. `refused` is a Chinese sentence when nothing could be read, otherwise empty."""

    filename: str
    kind: str = ""
    sheets: list[SheetReading] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)
    samples: dict[int, list[str]] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    refused: str = ""
    #: what only some kinds of file have, joined to the layout: the paragraphs and totals of a notice
    extra: dict[str, object] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        """Rows by verdict; they add up to all rows."""
        return {
            verdict: sum(1 for row in self.rows if row.verdict == verdict)
            for verdict in (OK, GUESSED, FIX, SKIP)
        }

    @property
    def signature(self) -> str:
        """The same for files of the same shape: what a corrected mapping is remembered by."""
        return "|".join(column.header for column in self.columns)

    def as_json(self) -> dict[str, object]:
        """The contract of `bihuan import FILE --dry-run --json`."""
        about = self.about_json()
        rows = [row.as_json() for row in self.rows]
        return {
            "layout": about["layout"],
            "columns": about["columns"],
            "rows": rows,
            "notes": about["notes"],
            "refused": about["refused"],
        }

    def about_json(self) -> dict[str, object]:
        """The same without the rows."""
        used = [sheet for sheet in self.sheets if sheet.used]
        return {
            "layout": {
                "kind": self.kind,
                "title": used[0].title if used else "",
                "sheets": [sheet.as_json() for sheet in self.sheets],
                **self.extra,
            },
            "columns": [
                {
                    "index": column.index,
                    "header": column.header,
                    "field": column.field or "kept",
                    "confidence": column.confidence,
                    "reason": column.reason,
                }
                for column in self.columns
            ],
            "notes": list(self.notes),
            "refused": self.refused,
        }

    def field_of(self, index: int) -> str:
        return next((column.field for column in self.columns if column.index == index), KEPT)
