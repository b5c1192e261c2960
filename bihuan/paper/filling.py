"""A paper with its facts in place, as texts: for a preview on a page, and for the PDF."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .official import (
    ITEM,
    NOTHING,
    Each,
    Facts,
    Heading,
    Outline,
    Pairs,
    Part,
    Picture,
    Png,
    Table,
    say,
    tidied,
)


@dataclass(frozen=True, slots=True)
class Said:
    """A piece of a body with its facts in place. `kind`: p, h1, h2, pairs, table, picture or none (an empty list).

    `rows` are those of a table or of pairs; `heads` are (head, width in mm).
    """

    kind: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    heads: tuple[tuple[str, int], ...] = ()
    picture: Png | None = None


@dataclass(frozen=True, slots=True)
class Filled:
    """A paper with its facts in place: plain texts."""

    organ: str
    number: str
    mark: str
    title: str
    to: str
    body: list[Said]
    rows: list[tuple[str, str]]
    sign: str
    day: str
    copies: str
    slip: list[tuple[str, str]]
    wide: bool
    low: bool
    tight: bool


def filled(outline: Outline, facts: Facts) -> Filled:
    """The paper as texts, for a preview and for the PDF."""
    facts = tidied(facts)
    return Filled(
        organ=say(outline.organ, facts),
        number=say(outline.number, facts),
        mark=say(outline.mark, facts),
        title=say(outline.title, facts),
        to=say(outline.to, facts),
        body=[said for part in outline.body for said in _said(part, facts)],
        rows=[(label, say(text, facts)) for label, text in outline.rows],
        sign=say(outline.sign, facts),
        day=say(outline.day, facts),
        copies=say(outline.copies, facts),
        slip=[(label, say(text, facts)) for label, text in outline.slip],
        wide=outline.wide,
        low=outline.low,
        tight=outline.tight,
    )


def _said(part: Part, facts: Facts) -> Iterator[Said]:
    match part:
        case Pairs(rows):
            yield Said("pairs", rows=tuple((label, say(text, facts)) for label, text in rows))
        case Table(name, columns):
            lines = tuple(tuple(str(row[head]) for head, _ in columns) for row in facts[name])
            yield Said("table", rows=lines, heads=columns) if lines else Said("none", NOTHING)
        case Each():
            yield from _repeated(part, facts)
        case Picture(name):
            if facts.get(name):
                yield Said("picture", picture=facts[name])
        case Heading(text, level, when):
            yield from _text(f"h{level}", when, text, facts)
        case str():
            yield from _text("p", "", part, facts)
        case (when, text):
            yield from _text("p", when, text, facts)


def _text(kind: str, when: str, text: str, facts: Facts) -> Iterator[Said]:
    """Only where the fact named by `when` is not empty, if one is named. What was typed in several paragraphs is."""
    if not when or _there(when, facts):
        for paragraph in say(text, facts).split("\n"):
            yield Said(kind, paragraph)


def _repeated(part: Each, facts: Facts) -> Iterator[Said]:
    for row in facts[part.rows]:
        yield from (said for one in part.parts for said in _said(one, {**facts, ITEM: row}))
    if not facts[part.rows]:
        yield Said("none", NOTHING)


def _there(name: str, facts: Facts) -> bool:
    top, _, field = name.partition(".")
    found = facts.get(top)
    return bool(found.get(field) if field and found else found)
