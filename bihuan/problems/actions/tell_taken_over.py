"""Tell people what an import brought them: one line each, however many rows it had."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.urls import reverse

from bihuan.kernel.actor import Actor
from bihuan.notify.actions.tell_all import tell_all
from bihuan.notify.models import Notice
from bihuan.problems import states, words
from bihuan.problems.models import Problem

KIND = "problem.taken_over"


def tell_taken_over(*, people: Mapping[int, Sequence[int]], key: str, by: Actor, at: datetime) -> int:
    """`people`: person id → (how many wait for them, one of these). Said once under `key`; returns lines said.

    Who has one problem reads which; who has many reads how many and gets the list. Who was given one that
    somebody else has taken on meanwhile, or that is over, is left in peace.
    """
    single = {pk: person for person, (count, pk) in people.items() if count == 1}
    found = Problem.objects.select_related("unit").filter(pk__in=single, closure=states.ASSIGNED)
    notices = [_of_one(problem, key) for problem in found if problem.lead_id == single[problem.pk]]
    notices += [_of_many(person, count, key) for person, (count, _) in people.items() if count > 1]
    return tell_all(notices=notices, at=at, by=by)


def _of_one(problem: Problem, key: str) -> Notice:
    return Notice(
        person_id=problem.lead_id,
        key=key,
        text=words.told(words.TOLD[KIND], problem.number, problem.unit.shown),
        url=reverse("problems:page", args=[problem.number]),
        tone="soon",
        detail=words.excerpt(problem.statement, problem.secrecy),
    )


def _of_many(person_id: int, count: int, key: str) -> Notice:
    return Notice(
        person_id=person_id,
        key=key,
        text=words.told_many(count),
        url=f"{reverse('problems:ledger')}?mine=lead&stage=assigned&history=taken&sort=due",
        tone="soon",
    )
