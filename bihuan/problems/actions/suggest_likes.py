"""Note which problems look like a new one, for a person to say whether it is a repeat."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from bihuan.kernel.actor import SYSTEM
from bihuan.kernel.moment import local_day
from bihuan.org.reads import rule_of
from bihuan.problems.likeness import Draft, alike
from bihuan.problems.models import Likeness, Problem

#: more are kept than are shown: a reader may not see the nearest
_KEPT = 6


def suggest_likes(*, problem: Problem) -> int:
    """Keep the pairs worth asking about; the count of new ones. Run twice it adds nothing.

    Nothing for a problem that is already known as a repeat or is void. Pairs that were judged stay judged.
    """
    if problem.repeat_of_id is not None or problem.closure == "void":
        return 0
    least = float(rule_of(problem.rule_pack, "repeat.likeness").value)
    found = alike(Draft.of(problem), actor=SYSTEM, least=least, most=_KEPT)
    pairs = [(*in_order(problem, one.problem), one.percent) for one in found]
    known = known_pairs([problem.pk])
    fresh = [
        Likeness(problem=later, like=earlier, percent=percent)
        for later, earlier, percent in pairs
        if frozenset((later.pk, earlier.pk)) not in known and later.repeat_of_id is None
    ]
    Likeness.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(fresh)


def known_pairs(ids: Sequence[int]) -> set[frozenset[int]]:
    rows = Likeness.objects.filter(problem__in=ids) | Likeness.objects.filter(like__in=ids)
    return {frozenset(pair) for pair in rows.values_list("problem_id", "like_id")}


def in_order(one: Problem, other: Problem) -> tuple[Problem, Problem]:
    """(the later, the earlier) by the day of finding, or of registering where that is not known."""
    return (one, other) if _found(one) >= _found(other) else (other, one)


def _found(problem: Problem) -> tuple[date, datetime, int]:
    return (problem.found_on or local_day(problem.raised_at), problem.raised_at, problem.pk)
