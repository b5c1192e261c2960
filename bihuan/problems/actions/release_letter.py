"""签发: a person sends a letter out that may not go by itself. Only now it gets its number."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.reads import work_calendar
from bihuan.problems import words
from bihuan.problems.models import Letter
from bihuan.problems.policies.ladder import days_late
from bihuan.problems.policies.letters import may_release
from bihuan.record.actions.append import append

from .ask_papers import ask_papers
from .give_letters import GATE, said_of
from .give_number import take_numbers, wait_for_turn
from .tell_letters import tell_letter


@transaction.atomic
def release_letter(*, letter: Letter, by: Actor, at: datetime) -> Letter:
    """Number it, send it, tell people. Raises Refused with the verdict's reason, Stale for the second of two.

    The gate comes before the letter's row, as in the daily round: two orders of taking would wait for each other.
    """
    wait_for_turn(head=GATE)
    letter = Letter.objects.for_page().get(pk=letter.pk)
    may = may_release(letter, by)
    if not may:
        raise Stale() if letter.state != Letter.State.WAITING else Refused(may.reason, may.todo)
    year = local_day(at).year
    number = take_numbers(head=f"{letter.word}〔{year}〕", count=1)[0]
    days = days_late(letter.day_type, letter.due_on, local_day(at), work_calendar())
    letter.number = words.letter_number(letter.word, year, number)
    moved = Letter.objects.filter(pk=letter.pk, state=Letter.State.WAITING).update(
        state=Letter.State.ISSUED, number=letter.number, days=days, issued_at=at, issued_by_id=by.person_id
    )
    if not moved:
        raise Stale()
    letter.state, letter.days, letter.issued_at, letter.issued_by_id = (
        Letter.State.ISSUED,
        days,
        at,
        by.person_id,
    )
    append(
        stream=letter.stream, kind="letter.issued", by=by, at=at, unit_id=letter.unit_id,
        subject=letter.problem.number, data=said_of(letter),
    )  # fmt: skip
    tell_letter(letter=letter, by=by, at=at)
    ask_papers(by=by, at=at)
    return letter
