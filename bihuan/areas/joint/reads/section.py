"""One section of a department's page, as values."""

from __future__ import annotations

from dataclasses import dataclass

from bihuan.areas.joint import words
from bihuan.kernel.clock import Clock

#: a page shows so many of each; the rest stand where `url` leads
MOST = 10


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    detail: str = ""
    url: str = ""
    state: tuple[str, str, str] | None = None
    clock: Clock | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """`total` counts all of it, `url` opens all of it (empty: all of it stands here)."""

    code: str
    title: str
    lines: tuple[Line, ...]
    total: int
    empty: str
    url: str = ""

    @property
    def hidden(self) -> int:
        return self.total - len(self.lines)


def section_of(code: str, lines: tuple[Line, ...], total: int, url: str = "") -> Section:
    title, empty = words.SECTIONS[code]
    return Section(code, title, lines, total, empty, url)
