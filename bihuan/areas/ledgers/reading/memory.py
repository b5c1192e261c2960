"""A mapping put right by hand, found again by the shape of the header: moved and added columns do no harm."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bihuan.kernel.text import fold

from .mapping import Column

#: of the remembered headers, the share that must be there for a header to count as the same shape
ALIKE = 0.6


@dataclass(frozen=True, slots=True)
class Shape:
    """A remembered header: all its columns folded, and field by header of those a person corrected."""

    headers: frozenset[str]
    columns: dict[str, str]


def headers_of(columns: Iterable[Column]) -> list[str]:
    """Group and leaf of each column, folded: what a shape is made of, without places and sheet names."""
    return [fold(column.header) for column in columns]


def likest(columns: Sequence[Column], shapes: Sequence[Shape]) -> int | None:
    """The place of the remembered shape that fits best, earlier ones first; None when none is alike."""
    here = set(headers_of(columns))
    best: tuple[float, int] | None = None
    for place, shape in enumerate(shapes):
        share = len(here & shape.headers) / len(shape.headers) if shape.headers else 0.0
        fits = share >= ALIKE and any(header in here for header in shape.columns)
        if fits and (best is None or share > best[0]):
            best = (share, place)
    return best[1] if best else None


def by_place(columns: Sequence[Column], shape: Shape) -> dict[int, str]:
    """Column index → field, where the header is the same today. A header that stands there twice is left alone."""
    headers = headers_of(columns)
    return {
        column.index: shape.columns[header]
        for column, header in zip(columns, headers, strict=True)
        if header in shape.columns and headers.count(header) == 1
    }


def say_remembered(columns: list[Column], places: Iterable[int], why: str) -> list[Column]:
    """The same columns, those that follow the memory with the reason for it."""
    known = set(places)
    return [replace(column, reason=why) if column.index in known else column for column in columns]
