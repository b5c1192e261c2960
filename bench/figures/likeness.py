"""Suggestions for a new problem: what is offered while somebody types, among all problems of the house."""

from __future__ import annotations

from functools import cache
from itertools import cycle
from random import Random
from typing import Any

from bench.contract import Figure, milliseconds
from bench.place import house

_LEAST = 0.55
#: the plain way reads so many problems and tells the time for all of them
_SCANNED = 2000


@cache
def _asked() -> tuple[Any, ...]:
    """Twenty statements of the house as if they were found again, in their units."""
    from bihuan.problems.actions.count_words import count_words
    from bihuan.problems.likeness import Draft
    from bihuan.problems.models import Problem

    house()
    count_words()
    first, last = (Problem.objects.order_by(by).values_list("pk", flat=True).first() for by in ("pk", "-pk"))
    ids = Random("likeness").sample(range(first, last + 1), 40)
    rows = Problem.objects.filter(pk__in=ids).select_related("unit").order_by("pk")[:20]
    return tuple(
        Draft(row.statement, row.unit.path or "", row.place, row.equipment, row.category) for row in rows
    )


def _ours() -> float:
    from bihuan.problems.likeness import alike

    turn = cycle(_asked())

    def once() -> None:
        found = alike(next(turn), actor=house().by, least=_LEAST)
        assert len(found) <= 3

    return milliseconds(once, times=40)


def _plain() -> float:
    """The plainest way: compare with every problem, by the similarity of the texts. Timed over a part."""
    from bihuan.kernel.text import similarity
    from bihuan.problems.models import Problem

    asked = _asked()[0]
    part = list(Problem.objects.order_by("pk").values_list("statement", flat=True)[:_SCANNED])
    whole = Problem.objects.count()

    def once() -> None:
        sorted((similarity(asked.statement, text) for text in part), reverse=True)

    return milliseconds(once, times=3, warm=1) * whole / len(part)


FIGURES = (
    Figure(
        "likeness", "新登记一件时找像是重复的，至多三件", "ms", 50, ours=_ours, baseline=_plain, grows=False
    ),
)
