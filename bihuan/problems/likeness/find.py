"""Problems like a given one, among open and closed ones: found in the index, judged by `kernel.likeness`.

No scan: the index is asked for problems of the same unit that hold the words of fault and thing, then the rarest
words, then any; then the same plant's. Each question is answered newest first and cut off, so that what it costs
does not grow with the number of problems. What is found is read and judged one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.db import connection
from django.db.models import Q

from bihuan.kernel.actor import Actor
from bihuan.kernel.likeness import Share, found_part, likeness, named_words, read_report, shared_words
from bihuan.kernel.moment import local_day
from bihuan.kernel.text import fold, query_terms
from bihuan.problems import words
from bihuan.problems.models import Likeness, Problem, WordShares
from bihuan.problems.search import plant_word, unit_word

#: how many each question may bring; together they are what is read and judged
_EACH, _FEW, _LITTLE = 40, 20, 10
_RAREST = 4
#: PostgreSQL has no order in its word index: so many matches are looked at for the newest among them
_LOOKED_AT = 2000
SHOWN = 3
#: what an agreement adds to the order among those that are alike enough; never to the likeness itself
_COUNTS = {"unit": 0.15, "place": 0.15, "equipment": 0.15, "category": 0.03}


_OF_SQLITE = "SELECT rowid FROM problems_search WHERE problems_search MATCH %s ORDER BY rowid DESC LIMIT %s"
_OF_POSTGRESQL = (
    "SELECT id FROM (SELECT id FROM problems_search WHERE words @@ to_tsquery('simple', %s) LIMIT %s) AS found "
    "ORDER BY id DESC LIMIT %s"
)


@dataclass(frozen=True, slots=True)
class Draft:
    """What is known of a problem, registered or not: `path` is that of its unit, "" if not yet chosen."""

    statement: str
    path: str = ""
    place: str = ""
    equipment: str = ""
    category: str = ""
    pk: int | None = None

    @classmethod
    def of(cls, problem: Problem) -> Draft:
        path = problem.unit.path or ""
        return cls(problem.statement, path, problem.place, problem.equipment, problem.category, problem.pk)


@dataclass(frozen=True, slots=True)
class Found:
    """One that looks alike. `share` is 0 to 1 by the words alone; `agrees` says what else is the same:
    unit, plant, place, equipment, category; `shared` are words both use."""

    problem: Problem
    share: float
    agrees: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()

    @property
    def percent(self) -> int:
        return round(self.share * 100)

    @property
    def rank(self) -> tuple[float, int]:
        """What else agrees comes first among those that are alike enough; of equals the newest."""
        return round(self.share + sum(_COUNTS.get(word, 0.0) for word in self.agrees), 2), self.problem.pk

    @property
    def same_unit(self) -> bool:
        return "unit" in self.agrees

    @property
    def likely(self) -> str:
        """What a person would most likely confirm: the same place or equipment of the same unit, or elsewhere."""
        here = self.same_unit and {"place", "equipment"} & set(self.agrees)
        return Likeness.Verdict.SAME if here else Likeness.Verdict.SPREAD

    @property
    def why(self) -> str:
        """同单位·同地点；相同的词：护栏、缺失；相似度 87%；上次销号 2026年9月3日"""
        old = self.problem
        closed = local_day(old.closed_at) if old.closed_at else old.stated_closed_on
        past = words.past_of(closed, old.is_open, old.taken_over and old.closed_by_id is None)
        return words.why_alike(self.agrees, self.shared, self.percent, past)


def alike(draft: Draft, *, actor: Actor, least: float, most: int = SHOWN) -> list[Found]:
    """At most `most` problems this actor may see that are at least so alike, the nearest first.

    Void ones and pairs that a person has already judged are left out.
    """
    report = read_report(draft.statement)
    if report.empty or not draft.path:
        return []
    share = word_share()
    rows = Problem.objects.visible_to(actor).live().filter(pk__in=_candidates(draft, share))
    if draft.pk is not None:
        rows = rows.exclude(pk=draft.pk).exclude(pk__in=_judged(draft.pk))
    found = []
    for row in rows.select_related("unit"):
        near = likeness(report, read_report(row.statement), share)
        if near >= least:
            found.append(Found(row, near, _agreements(draft, row)))
    found.sort(key=lambda one: one.rank, reverse=True)
    return [compared(draft, one.problem, share) for one in found[:most]]


def compared(draft: Draft, row: Problem, share: Share) -> Found:
    """The two side by side: how alike, and what they have in common."""
    near = likeness(read_report(draft.statement), read_report(row.statement), share)
    shared = tuple(shared_words(draft.statement, row.statement, share))
    return Found(row, near, _agreements(draft, row), shared)


def _agreements(draft: Draft, row: Problem) -> tuple[str, ...]:
    path = row.unit.path or ""
    same_unit = path == draft.path
    said = (
        ("unit", same_unit),
        ("plant", not same_unit and plant_word(path) == plant_word(draft.path)),
        ("place", _same_words(draft.place, row.place) or _same_place_said(draft, row)),
        ("equipment", _same_words(draft.equipment, row.equipment)),
        ("category", _same_words(draft.category, row.category)),
    )
    return tuple(word for word, holds in said if holds)


def _same_words(one: str, other: str) -> bool:
    return bool(one) and fold(one) == fold(other)


def _same_place_said(draft: Draft, row: Problem) -> bool:
    """One names its place in its own field, the other in the sentence."""
    return bool(
        (draft.place and not row.place and fold(draft.place) in fold(row.statement))
        or (row.place and not draft.place and fold(row.place) in fold(draft.statement))
    )


def _judged(pk: int) -> set[int]:
    pairs = Likeness.objects.filter(Q(problem=pk) | Q(like=pk)).exclude(verdict="")
    return {one if one != pk else other for one, other in pairs.values_list("problem_id", "like_id")}


def _candidates(draft: Draft, share: Share) -> set[int]:
    """Ids that may be alike: a few short questions to the index, each newest first.

    In the unit: the same fault of the same thing, the thing alone (the fault may be told otherwise), the rarest
    words; where that brings little, any of them. In the plant: the same fault of the same thing.
    """
    things, faults = (_rarest(words, share, 3) for words in named_words(draft.statement))
    rare = _rarest(query_terms(found_part(draft.statement)), share, _RAREST)
    unit, plant = unit_word(draft.path), plant_word(draft.path)
    found: set[int] = set()
    for scope, wanted, most in (
        (unit, _all([*things, *faults]), _EACH),
        (unit, _all(things), _EACH),
        (unit, _all(rare), _FEW),
        (plant, _all([*things, *faults] or rare), _FEW),
    ):
        found.update(_ask(scope, wanted, most) if wanted else ())
    if len(found) < _LITTLE or not things:
        found.update(_ask(unit, _any([*rare, *things, *faults]), _EACH))
    return found


def _rarest(words: Sequence[str], share: Share, most: int) -> list[str]:
    """Of words that stand side by side in a text, the rare ones bring the common ones along."""
    return sorted(set(words), key=lambda word: (share(word), word))[:most]


#: words that must all be there ("and"), or at least one of them ("or")
Wish = tuple[str, list[str]]


def _all(words: Sequence[str]) -> Wish | None:
    return ("and", list(dict.fromkeys(words))) if words else None


def _any(words: Sequence[str]) -> Wish | None:
    return ("or", list(dict.fromkeys(words))) if words else None


def _ask(scope: str, wanted: Wish, most: int) -> Iterable[int]:
    kind, words = wanted
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            joint = " & " if kind == "and" else " | "
            query = f"{scope} & ({joint.join(_quoted(word, chr(39)) for word in words)})"
            cursor.execute(_OF_POSTGRESQL, [query, _LOOKED_AT, most])
        else:
            joint = " AND " if kind == "and" else " OR "
            query = f'"{scope}" AND ({joint.join(_quoted(word, chr(34)) for word in words)})'
            cursor.execute(_OF_SQLITE, [query, most])
        return [row[0] for row in cursor.fetchall()]


def _quoted(word: str, quote: str) -> str:
    return quote + word.replace(quote, quote * 2) + quote


def word_share() -> Share:
    """The share of problems that hold a word, 0 for a rare one. Read once for each count of the worker."""
    newest = WordShares.objects.order_by("-id").values_list("id", "upto", "sampled").first()
    return _shares(newest).__getitem__ if newest else _NOTHING_COUNTED.__getitem__


class _Shares(dict[str, float]):
    def __missing__(self, word: str) -> float:
        return 0.0


_NOTHING_COUNTED = _Shares()


@lru_cache(maxsize=1)
def _shares(count: tuple[int, int, int]) -> _Shares:
    return _Shares(WordShares.objects.values_list("shares", flat=True).get(pk=count[0]))
