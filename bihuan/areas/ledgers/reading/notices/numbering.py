"""Automatic numbers as the reader of the document sees them: numbering.xml and the styles, counted through.

ECMA-376 part 1, 17.9. Lists (`num`) of one abstract list count on together unless a list overrides its start;
a level starts anew after a higher level, unless `lvlRestart` says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from .numerals import shown
from .package import W

DEEPEST = 9


def w(name: str) -> str:
    return f"{{{W}}}{name}"


def val(element: etree._Element | None, name: str) -> str:
    """`w:val` of the child called `name`; empty where there is none."""
    child = element.find(w(name)) if element is not None else None
    return str(child.get(w("val"), "")) if child is not None else ""


def _number(text: str, otherwise: int) -> int:
    return int(text) if re.fullmatch(r"-?\d{1,6}", text) else otherwise


@dataclass
class Level:
    form: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int = -1
    legal: bool = False
    style: str = ""


@dataclass(frozen=True)
class Mark:
    """What automatic numbering shows before a paragraph. `family` is the abstract list, `depth` its level from 0."""

    label: str
    family: str
    depth: int


@dataclass
class Lists:
    """Counts through a document: `mark` must be asked once for every paragraph, in order."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    abstract_of: dict[str, str] = field(default_factory=dict)
    overrides: dict[str, dict[int, int]] = field(default_factory=dict)
    own_levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def of(cls, root: etree._Element | None, style_lists: dict[str, str]) -> Lists:
        """`style_lists`: numbering style → the list it points at, for abstract lists that are only a link."""
        lists = cls()
        if root is None:
            return lists
        links: dict[str, str] = {}
        for abstract in root.iterfind(w("abstractNum")):
            name = str(abstract.get(w("abstractNumId"), ""))
            lists.levels[name] = dict(_levels(abstract))
            if link := val(abstract, "numStyleLink"):
                links[name] = link
        for num in root.iterfind(w("num")):
            lists._take_list(num)
        for name, link in links.items():
            real = lists.abstract_of.get(style_lists.get(link, ""), "")
            if real and real != name:
                lists.levels[name] = lists.levels.get(real, {})
        return lists

    def _take_list(self, num: etree._Element) -> None:
        name = str(num.get(w("numId"), ""))
        self.abstract_of[name] = val(num, "abstractNumId")
        for override in num.iterfind(w("lvlOverride")):
            depth = _number(str(override.get(w("ilvl"), "")), -1)
            if start := val(override, "startOverride"):
                self.overrides.setdefault(name, {})[depth] = _number(start, 1)
            for _, level in _levels(override):
                self.own_levels.setdefault(name, {})[depth] = level

    def level(self, num: str, depth: int) -> Level | None:
        own = self.own_levels.get(num, {}).get(depth)
        return own or self.levels.get(self.abstract_of.get(num, ""), {}).get(depth)

    def depth_of_style(self, num: str, style: str) -> int:
        levels = self.levels.get(self.abstract_of.get(num, ""), {})
        return next((depth for depth, level in levels.items() if level.style == style), 0)

    def mark(self, num: str, depth: int) -> Mark | None:
        """Counts the paragraph. None for no list, a list that is not there, and for levels that show nothing."""
        level = self.level(num, depth)
        if level is None:
            return None
        family = self.abstract_of[num]
        counts = self.counts.setdefault(family, {})
        override = self.overrides.get(num, {}).get(depth)
        if override is not None and (num, depth) not in self.begun:
            counts[depth] = override
        else:
            counts[depth] = counts[depth] + 1 if depth in counts else level.start
        self.begun.add((num, depth))
        for below in range(depth + 1, DEEPEST):
            lower = self.level(num, below)
            if lower is None or lower.restart < 0 or lower.restart > depth:
                counts.pop(below, None)
        label = self._label(num, depth, level, counts)
        return Mark(label, family, depth) if label else None

    def _label(self, num: str, depth: int, level: Level, counts: dict[int, int]) -> str:
        if level.form == "bullet":
            return "●"
        if level.form == "none":
            return re.sub(r"%\d", "", level.text).strip()

        def one(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            other = self.level(num, at) or Level()
            form = "decimal" if level.legal else other.form
            return shown(counts.get(at, other.start), form) if form not in ("bullet", "none") else ""

        return re.sub(r"%([1-9])", one, level.text).strip()


def _levels(parent: etree._Element) -> Iterator[tuple[int, Level]]:
    for lvl in parent.iterfind(w("lvl")):
        depth = _number(str(lvl.get(w("ilvl"), "")), -1)
        form = val(lvl, "numFmt") or _alternate(lvl) or "decimal"
        if 0 <= depth < DEEPEST:
            yield (
                depth,
                Level(
                    form=form,
                    text=val(lvl, "lvlText"),
                    start=_number(val(lvl, "start"), 0 if lvl.find(w("start")) is None else 1),
                    restart=_number(val(lvl, "lvlRestart"), -1),
                    legal=lvl.find(w("isLgl")) is not None and val(lvl, "isLgl") not in ("0", "false"),
                    style=val(lvl, "pStyle"),
                ),
            )


def _alternate(lvl: etree._Element) -> str:
    """Newer formats stand in an AlternateContent whose fallback every program knows."""
    found = list(lvl.iter(w("numFmt")))
    return str(found[-1].get(w("val"), "")) if found else ""
