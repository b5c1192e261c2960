"""交接: give what somebody answered for to somebody else, all of it or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Stale
from bihuan.org.models import Person
from bihuan.problems import words
from bihuan.problems.advance import advance
from bihuan.problems.lists.open_work import LOOKBACK, MEASURE, PROBLEM
from bihuan.problems.models import Lookback, Measure, Problem

from .assign_lookback import assign_lookback
from .join import join
from .reown import reown


@transaction.atomic
def hand_over(*, keys: Sequence[str], from_id: int, to_id: int, by: Actor, at: datetime) -> int:
    """Give these lines of open work (see lists.open_work) on. Returns how many; raises Refused for the first
    that may not be given on, Stale for one that is no longer this person's."""
    heir = Person.objects.get(pk=to_id)
    for key in keys:
        kind, pk = key[:1], int(key[1:])
        if kind == PROBLEM:
            problem = (
                Problem.objects.select_related("unit").filter(pk=pk, lead_id=from_id, is_open=True).first()
            )
            if problem is None:
                raise Stale()
            reown(problem=problem, lead=heir, reason=words.HANDED_OVER, by=by, at=at)
        elif kind == MEASURE:
            _measure(pk, from_id, heir, by, at)
        elif kind == LOOKBACK:
            _lookback(pk, from_id, heir, by, at)
        else:
            raise ValueError(f"unknown line {key}")
    return len(keys)


def _measure(pk: int, from_id: int, heir: Person, by: Actor, at: datetime) -> None:
    """One measure changes hands; the problem's own lead stays. The thread says so."""
    measure = Measure.objects.select_related("problem__unit").filter(pk=pk, owner_id=from_id).first()
    if measure is None:
        raise Stale()
    problem = measure.problem
    advance(
        "reown", problem, by=by, at=at,
        data={"old": from_id, "new": heir.pk, "measure": measure.order, "text": words.HANDED_OVER},
    )  # fmt: skip
    if not Measure.objects.filter(pk=pk, owner_id=from_id).update(owner=heir):
        raise Stale()
    join(problem=problem, person_id=heir.pk, side="rectify")


def _lookback(pk: int, from_id: int, heir: Person, by: Actor, at: datetime) -> None:
    found = Lookback.objects.select_related("problem__unit", "draw").filter(
        pk=pk, assignee_id=from_id, is_open=True
    )
    lookback = found.first()
    if lookback is None:
        raise Stale()
    assign_lookback(lookback=lookback, person=heir, by=by, at=at)
