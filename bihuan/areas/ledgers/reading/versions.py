"""Which row of a newer file is which row of the older one. Pure, set-based; what became of each value: `changes`.

The same problem is found whatever its row number, its column order or its layout: by the number the ledger itself
gives, by statement with unit, day and place, and where words were changed, by how much of the rest still agrees.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any

from bihuan.kernel.text import bigrams, fold

from .facets import EMPTY, Facet

#: how much of two rows must agree, by weight, for them to be the same problem in other words
LIKE, LIKE_NUMBERED = 0.62, 0.4
#: below this two statements are about different things
OTHER = 0.25
_WEIGHTS = {"statement": 5.0, "origin_no": 3.0, "measure": 2.0, "place": 2.0, "demand": 2.0, "cause": 2.0}
_WORDS = frozenset(("statement", "measure", "demand", "cause", "progress_text"))
_MOST_GROUP, _MOST_LIKE, _RARE = 40, 12, 6

Key = Callable[["Line"], Hashable | None]


@dataclass(slots=True)
class Line:
    """One row of either file. `key` is its origin key; `seq` the number in the first column; `home` the unit the
    file belongs to, which stands in where the row names none.
    """

    place: int
    key: str
    facets: dict[str, Facet]
    seq: str = ""
    home: int = 0
    _pairs: Counter[str] | None = field(default=None, repr=False)

    def norm(self, code: str) -> str:
        return self.facets.get(code, EMPTY).norm

    @property
    def pairs(self) -> Counter[str]:
        if self._pairs is None:
            self._pairs = Counter(pair for pair in bigrams(self.norm("statement")) if len(pair) > 1)
        return self._pairs


def match(olds: Sequence[Line], news: Sequence[Line]) -> dict[int, int]:
    """place of the new row → place of the old one. Each row has one partner at most."""
    found: dict[int, int] = {}
    left = _Left(list(olds), list(news), found)
    common = _common(olds, news)
    left.pair(lambda line: _whole(line, common, numbered=True))
    left.pair(lambda line: _whole(line, common, numbered=False))
    left.pair(lambda line: _key(line.key))
    for codes in _BY_WORDS:
        left.pair(lambda line, codes=codes: _by(line, codes), least=0.0 if "found_at" in codes else LIKE)
    left.pair(lambda line: _by(line, ("origin_no",)), least=LIKE_NUMBERED)
    left.alike()
    return found


_BY_WORDS = (
    ("statement", "unit", "found_at", "place"),
    ("statement", "unit", "found_at"),
    ("statement", "found_at"),
    ("statement", "unit"),
    ("statement",),
)


class _Left:
    """The rows that have no partner yet."""

    def __init__(self, olds: list[Line], news: list[Line], found: dict[int, int]) -> None:
        self.olds, self.news, self.found = olds, news, found

    def pair(self, key: Key, *, least: float = 0.0) -> None:
        """Pair rows of the same key; among several the most alike first. None is no key."""
        groups: dict[Hashable, tuple[list[Line], list[Line]]] = defaultdict(lambda: ([], []))
        for side, lines in enumerate((self.olds, self.news)):
            for line in lines:
                if (value := key(line)) is not None:
                    groups[value][side].append(line)
        self._take(groups, least)

    def _take(self, groups: dict[Hashable, tuple[list[Line], list[Line]]], least: float) -> None:
        taken: set[int] = set()
        for olds, news in groups.values():
            if not olds or not news:
                continue
            if len(olds) * len(news) == 1 and not least:
                pairs = [(olds[0], news[0])]
            elif len(olds) * len(news) > _MOST_GROUP**2:
                pairs = list(zip(olds, news, strict=False))
            else:
                pairs = _best(olds, news, least)
            for old, new in pairs:
                self.found[new.place] = old.place
                taken.add(old.place)
        self._forget(taken)

    def _forget(self, taken: set[int]) -> None:
        if taken:
            self.olds = [line for line in self.olds if line.place not in taken]
            self.news = [line for line in self.news if line.place not in self.found]

    def alike(self) -> None:
        """What is left on both sides, where enough of the rest agrees. Only neighbours by some value are compared."""
        if not self.olds or not self.news:
            return
        index = _Neighbours(self.olds)
        scored = [
            (score, new, old)
            for new in self.news
            for old in index.near(new)
            if (score := likeness(old, new)) >= LIKE
        ]
        taken: set[int] = set()
        for _, new, old in sorted(scored, key=lambda one: (-one[0], one[1].place, one[2].place)):
            if new.place not in self.found and old.place not in taken:
                self.found[new.place] = old.place
                taken.add(old.place)
        self._forget(taken)


class _Neighbours:
    """Old rows by the values a row keeps when its words change: asked for a few, never for all."""

    _BLOCKS = (("unit", "found_at"), ("found_at", "place"), ("measure",), ("origin_no",), ("demand",))

    def __init__(self, olds: Sequence[Line]) -> None:
        self._by: dict[Hashable, list[Line]] = defaultdict(list)
        self._seen = Counter(pair for old in olds for pair in old.pairs)
        for old in olds:
            for key in self._keys(old):
                self._by[key].append(old)

    def _keys(self, line: Line) -> list[Hashable]:
        keys: list[Hashable] = [(codes, value) for codes in self._BLOCKS if (value := _by(line, codes))]
        if line.seq:
            keys.append(("seq", line.seq))
        rare = sorted((self._seen[pair], pair) for pair in line.pairs if self._seen[pair])
        return keys + [("pair", pair) for _, pair in rare[:_RARE]]

    def near(self, new: Line) -> list[Line]:
        hits: Counter[int] = Counter()
        lines: dict[int, Line] = {}
        for key in self._keys(new):
            for old in self._by.get(key, ())[:200]:
                hits[old.place] += 1
                lines[old.place] = old
        return [lines[place] for place, _ in hits.most_common(_MOST_LIKE)]


def likeness(old: Line, new: Line) -> float:
    """0 to 1: how much of what both rows say agrees. Words agree by degree, everything else or not at all."""
    if _elsewhere(old, new):
        return 0.0
    whole = agreed = 0.0
    for code in old.facets.keys() & new.facets.keys():
        one, other = old.facets[code], new.facets[code]
        if one.empty or other.empty:
            continue
        weight = _WEIGHTS.get(code, 1.0)
        whole += weight
        if one.same(other):
            agreed += weight
        elif code == "statement":
            agreed += weight * _overlap(old.pairs, new.pairs)
        elif code in _WORDS:
            agreed += weight * _overlap(Counter(bigrams(one.norm)), Counter(bigrams(other.norm)))
    if old.seq and old.seq == new.seq:
        whole, agreed = whole + 0.5, agreed + 0.5
    return agreed / whole if whole else 0.0


def _elsewhere(old: Line, new: Line) -> bool:
    """Other words at another place are another problem, however much else a ledger repeats in every row."""
    places = old.norm("place"), new.norm("place")
    return all(places) and places[0] != places[1] and _overlap(old.pairs, new.pairs) < OTHER


def of_others(old: Line, new: Line) -> bool:
    """The same words in two ledgers may be two mills' problems: their units differ, or their homes without units."""
    one, other = old.facets.get("unit", EMPTY), new.facets.get("unit", EMPTY)
    if one.empty and other.empty:
        return bool(old.home and new.home) and old.home != new.home
    return not (one.empty or other.empty or one.same(other))


def _overlap(one: Counter[str], other: Counter[str]) -> float:
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def _best(olds: list[Line], news: list[Line], least: float) -> list[tuple[Line, Line]]:
    scored = sorted(
        ((likeness(old, new), old, new) for old in olds for new in news),
        key=lambda one: (-one[0], one[1].place, one[2].place),
    )
    pairs: list[tuple[Line, Line]] = []
    used: set[tuple[str, int]] = set()
    for score, old, new in scored:
        ends = {("old", old.place), ("new", new.place)}
        if score >= least and not ends & used:
            used |= ends
            pairs.append((old, new))
    return pairs


def _common(olds: Sequence[Line], news: Sequence[Line]) -> frozenset[str]:
    """Values both files have at all."""
    first = {code for line in olds for code in line.facets}
    return frozenset(first & {code for line in news for code in line.facets})


def _whole(line: Line, common: frozenset[str], *, numbered: bool) -> Hashable | None:
    if not line.norm("statement"):
        return None
    said = frozenset((code, line.norm(code)) for code in common if line.norm(code))
    return (line.seq, said) if numbered else said


def _key(key: str) -> str | None:
    """Twins of one file differ by a counter only: which twin is which is for the rest of the row to say."""
    return key.partition("-")[0] or None


def _by(line: Line, codes: tuple[str, ...]) -> tuple[str, ...] | None:
    values = tuple(line.norm(code) for code in codes)
    return values if all(values) else None


def said_key(values: dict[str, Any]) -> str:
    """What a statement is found by in any layout: its words without spaces, width and script. Empty without one."""
    said = fold(str(values.get("statement") or ""))
    return hashlib.sha256(said.encode()).hexdigest()[:40] if said else ""
