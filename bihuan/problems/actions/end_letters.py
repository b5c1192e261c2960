"""函件作废: the owner, the date or the state is another one now. A number that went out stays used."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q

from bihuan.kernel.actor import SYSTEM, Actor
from bihuan.notify.actions.unsay import unsay
from bihuan.problems import states, words
from bihuan.problems.models import Addressee, Letter, Problem
from bihuan.record.actions.append import append

Ended = Letter.Ended


def letter_key(letter_id: int) -> str:
    """The beginning of the keys of all notices about one letter."""
    return f"letter:{letter_id}:"


def end_letters(*, problem: Problem, why: str, by: Actor, at: datetime) -> int:
    """End every letter of the problem that waits for release or receipt; returns how many.

    Runs in the transaction of the step that changed things. A letter somebody signed for stays a fact.
    """
    return _end(Letter.objects.live().filter(problem=problem), why, by, at)


@transaction.atomic
def end_stale_letters(*, at: datetime, by: Actor = SYSTEM) -> int:
    """What a step and the round of letters, running at the same moment, left behind; safe to run twice."""
    live = Letter.objects.live()
    done = Q(problem__closure__in=states.DONE_WITH)
    stale = (
        (Ended.CLOSED, done),
        (Ended.VOIDED, Q(problem__closure=states.VOID)),
        (Ended.UNIT, ~Q(problem__unit=F("unit"))),
        (Ended.ROUND, ~Q(problem__round=F("round"))),
        (Ended.DATE, ~Q(problem__due_on=F("due_on")) | Q(problem__due_on=None)),
    )
    return sum(_end(live.filter(rule), why, by, at) for why, rule in stale)


def end_letter(*, letter: Letter, why: str, reason: str, by: Actor, at: datetime) -> bool:
    """One letter ends. False when it had been signed for or ended in the meantime."""
    ended = (
        Letter.objects.live()
        .filter(pk=letter.pk)
        .update(
            state=Letter.State.CANCELLED,
            ended=why,
            reason=reason[:300],
            cancelled_at=at,
            cancelled_by_id=by.person_id,
        )
    )
    if not ended:
        return False
    append(
        stream=letter.stream, kind="letter.cancelled", by=by, at=at, unit_id=letter.unit_id,
        subject=letter.problem.number,
        data={"letter": letter.number or "", "ended": why, "text": reason},
    )  # fmt: skip
    people = Addressee.objects.filter(letter=letter).values_list("person_id", flat=True)
    unsay(people=people, prefix=letter_key(letter.pk), up_to=at)
    return True


def _end(letters: Iterable[Letter], why: str, by: Actor, at: datetime) -> int:
    rows = letters.select_related("problem").order_by("id")  # type: ignore[attr-defined]
    reason = words.LETTER_STALE[why]
    return sum(end_letter(letter=letter, why=why, reason=reason, by=by, at=at) for letter in rows)
