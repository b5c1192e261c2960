"""Tell people of the letters of a day: whom they are addressed to, who has a copy, who has to release.

One line per person and day, however many letters: thirty letters are one message that says thirty.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.urls import reverse

from bihuan.kernel.actor import SYSTEM, Actor
from bihuan.kernel.moment import day_start, local_day
from bihuan.notify.actions.tell_all import tell_all
from bihuan.notify.models import Notice
from bihuan.org.reads.nearest import WhoMay
from bihuan.problems import words
from bihuan.problems.models import Addressee, Letter
from bihuan.problems.policies.ladder import LOUD

from .end_letters import letter_key


def tell_letters(*, at: datetime) -> int:
    """Say what went out by itself, and what was made to be released, on the day of `at`. Safe to run twice."""
    day = local_day(at)
    since, until = day_start(day), day_start(day + timedelta(days=1))
    issued = Letter.objects.filter(
        state=Letter.State.ISSUED, issued_by=None, issued_at__gte=since, issued_at__lt=until
    )
    waiting = Letter.objects.filter(state=Letter.State.WAITING, made_on__gte=since, made_on__lt=until)
    notices = [*_to_addressees(issued, str(day)), *_to_releasers(waiting, str(day), at)]
    return tell_all(notices=notices, at=at, by=SYSTEM)


def tell_letter(*, letter: Letter, by: Actor, at: datetime) -> int:
    """Say that this one letter, just released, is there."""
    return tell_all(
        notices=_to_addressees(Letter.objects.filter(pk=letter.pk), str(local_day(at))), at=at, by=by
    )


def _to_addressees(letters: QuerySet[Letter], day: str) -> list[Notice]:
    rows = (
        Addressee.objects.filter(letter__in=letters.values("pk"))
        .select_related("letter__unit")
        .order_by("letter_id", "id")
    )
    piles: dict[tuple[int, str], list[Letter]] = defaultdict(list)
    for row in rows:
        piles[row.person_id, row.kind].append(row.letter)
    return [
        _notice(person, kind, pile, day, words.TO_SIGN if kind == Addressee.Kind.TO else words.TO_READ)
        for (person, kind), pile in piles.items()
    ]


def _to_releasers(letters: QuerySet[Letter], day: str, at: datetime) -> list[Notice]:
    waiting = list(letters.select_related("unit", "problem__supervisor").order_by("id"))
    if not waiting:
        return []
    may = WhoMay("letter.release", day=local_day(at))
    piles: dict[int, list[Letter]] = defaultdict(list)
    for letter in waiting:
        home = letter.problem.supervisor.path or "" if letter.problem.supervisor else ""
        for person in may.nearest(letter.unit.path or "", home=home):
            piles[person].append(letter)
    return [_notice(person, "release", pile, day, words.TO_RELEASE) for person, pile in piles.items()]


def _notice(person: int, kind: str, pile: list[Letter], day: str, todo: str) -> Notice:
    """Urgent only to whom a coloured letter is addressed."""
    loud = kind == Addressee.Kind.TO and any(letter.colour in LOUD for letter in pile)
    first = pile[0]
    if len(pile) == 1:
        return Notice(
            person_id=person,
            key=f"{letter_key(first.pk)}{kind}",
            text=words.letter_told(first.title, first.number or "", first.unit.shown, todo),
            url=reverse("problems:letter", args=[first.pk]),
            tone="late" if loud else "soon",
            urgent=loud,
        )
    return Notice(
        person_id=person,
        key=f"letters:{day}:{kind}",
        text=words.letters_told(len(pile), todo),
        url=f"{reverse('problems:letters')}?mine={kind}",
        tone="late" if loud else "soon",
        urgent=loud,
    )
