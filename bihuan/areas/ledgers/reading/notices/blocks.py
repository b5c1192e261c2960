"""A document as its reader sees it: paragraphs and tables in reading order. Plain data, no XML."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from .numbering import Mark

BODY, TABLE, BOX = "正文", "表", "文本框"


@dataclass(frozen=True)
class Par:
    """A paragraph with words. `no` counts those in reading order from 1; `text` is verbatim, soft breaks as newlines.

    `mark` is its automatic number; `outline` its heading level from 0, -1 for none; `piece` tells the parts of a
    paragraph apart that holds several numbered things (0: it is whole).
    """

    no: int
    text: str
    place: str = BODY
    mark: Mark | None = None
    style: str = ""
    outline: int = -1
    centered: bool = False
    bold: bool = False
    piece: int = 0

    @property
    def shown(self) -> str:
        """With its automatic number, as on paper."""
        return f"{self.mark.label}{self.text}" if self.mark else self.text

    @property
    def sheet(self) -> str:
        """Where it stands; with `no` the address of a row, so parts of one paragraph differ."""
        return f"{self.place}（之 {self.piece}）" if self.piece > 1 else self.place

    def cut(self, text: str, piece: int) -> Par:
        return replace(self, text=text, piece=piece, mark=self.mark if piece <= 1 else None)


@dataclass
class Cell:
    """`wide` in grid columns; `merge` is "" or "start" or "more" (continues the cell above)."""

    blocks: list[Par | Table]
    wide: int = 1
    merge: str = ""

    def pars(self) -> list[Par]:
        found: list[Par] = []
        for block in self.blocks:
            found.extend([block] if isinstance(block, Par) else block.pars())
        return found

    @property
    def text(self) -> str:
        return "\n".join(par.shown.strip() for par in self.pars())


@dataclass
class Table:
    """`name` is 表1, 表2 in reading order; `before` the grid columns left out before each row."""

    name: str
    rows: list[list[Cell]]
    before: list[int]

    def pars(self) -> list[Par]:
        return [par for row in self.rows for cell in row for par in cell.pars()]

    @property
    def no(self) -> int:
        return next((par.no for par in self.pars()), 0)


Block = Par | Table


@dataclass
class Paper:
    """`said` are sentences about what was left out or decided while opening: headers, deletions, pictures."""

    blocks: list[Block]
    said: list[str] = field(default_factory=list)
    images: int = 0

    def pars(self) -> list[Par]:
        found: list[Par] = []
        for block in self.blocks:
            found.extend([block] if isinstance(block, Par) else block.pars())
        return found
