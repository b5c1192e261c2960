"""Lines of the desk that are no step of an open problem: letters to sign for or to release, look-backs to do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse

from bihuan.desk import words
from bihuan.kernel.actor import Actor
from bihuan.kernel.clock import read_clock
from bihuan.kernel.moment import local_day
from bihuan.problems.models import Letter, Lookback, Problem

from .lines import Todo

#: so many of one kind stand on a desk one by one; more are one line that leads to the list
MOST = 5
LOOKS = 20


def paper_lines(actor: Actor, at: datetime) -> list[Todo]:
    """Letters first, then look-backs. Three queries, six where somebody has many."""
    if not actor.is_person:
        return []
    return [*_letters(actor, at, "sign"), *_letters(actor, at, "release"), *_looks(actor, at)]


def counted_papers(actor: Actor) -> list[QuerySet]:
    """What the lines above are made of, as ids and no further than a line tells one from many."""
    signs, releases = Letter.objects.to_sign(actor.person_id), Letter.objects.to_release(actor)
    looks = Lookback.objects.filter(assignee_id=actor.person_id, is_open=True)
    return [
        rows.order_by().values("pk")[:most]
        for rows, most in ((signs, MOST + 1), (releases, MOST + 1), (looks, LOOKS))
    ]


def lines_of(signs: int, releases: int, looks: int) -> int:
    """How many lines these counts make: many letters of one kind are one line."""
    return sum(1 if count > MOST else count for count in (signs, releases)) + looks


def _letters(actor: Actor, at: datetime, verb: str) -> Iterator[Todo]:
    rows = Letter.objects.to_sign(actor.person_id) if verb == "sign" else Letter.objects.to_release(actor)
    found = list(rows.select_related("unit", "problem").order_by("-rank", "made_on", "id")[: MOST + 1])
    today = read_clock(local_day(at), local_day(at))
    if len(found) > MOST:
        url = f"{reverse('problems:letters')}?mine={'to' if verb == 'sign' else 'release'}"
        text = words.letters_of(rows.count())
        yield Todo(verb, words.VERBS[verb], today, "", text, url, url, False)
        return
    for letter in found:
        page = reverse("problems:letter", args=[letter.pk])
        noun = "receipt" if verb == "sign" else "release"
        text = words.letter_of(letter.title, letter.number or "", _said(letter.problem))
        yield Todo(
            verb, words.VERBS[verb], today, letter.unit.shown, text,
            page if verb == "release" else reverse(f"problems:letter-{noun}", args=[letter.pk]), page, verb == "sign",
        )  # fmt: skip


def _said(problem: Problem) -> str:
    return "" if problem.secrecy != "normal" else problem.statement


def _looks(actor: Actor, at: datetime) -> Iterator[Todo]:
    day = local_day(at)
    rows = Lookback.objects.filter(assignee_id=actor.person_id, is_open=True)
    for row in rows.select_related("problem__unit").order_by("due_on", "id")[:LOOKS]:
        number = row.problem.number
        yield Todo(
            "look", words.VERBS["look"], read_clock(row.due_on, day), row.problem.unit.shown, row.problem.open_words,
            reverse("problems:recheck", args=[number]), reverse("problems:page", args=[number]), False,
        )  # fmt: skip
