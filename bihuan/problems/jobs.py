"""What the worker does for the loop: by the clock, and after something came in."""

from __future__ import annotations

from datetime import datetime

from bihuan.kernel.actor import PERSON, SYSTEM, Actor
from bihuan.record.actions.enqueue import enqueue
from bihuan.record.actions.run_job import JobRun

from .actions.ask_papers import ask_papers
from .actions.count_words import count_words
from .actions.draw_lookback import draw_lookback
from .actions.give_letters import give_letters
from .actions.give_reminders import give_reminders
from .actions.suggest_likes import suggest_likes
from .actions.tell_taken_over import tell_taken_over
from .exports.print_letters import unprinted
from .likeness import LOOK
from .models import Problem
from .policies.lookback import drawn_this_month

#: so many problems are looked at in one job; the next job takes the rest, and others get their turn
_AT_ONCE = 200


def remind(at: datetime) -> None:
    """The morning round of reminders. Safe to run twice."""
    give_reminders(at=at)


def tell_of_import(run: JobRun) -> None:
    """One line to each owner of what an import brought. The key names the job: a second run says nothing new."""
    importer = run.job.requested_by_id
    tell_taken_over(
        people={int(person): told for person, told in run.payload["people"].items()},
        key=f"taken_over:{run.job.pk}",
        by=Actor(kind=PERSON, person_id=importer) if importer else SYSTEM,
        at=run.job.requested_at,
    )


def send_letters(at: datetime) -> None:
    """The morning round of letters, and their papers. Safe to run twice."""
    give_letters(at=at)
    if unprinted().exists():
        ask_papers(by=SYSTEM, at=at)


def look_back(at: datetime) -> None:
    """The draw of the month. A second run of the same month draws nothing."""
    if not drawn_this_month(at):
        draw_lookback(by=SYSTEM, at=at)


def count(at: datetime) -> None:
    """The nightly count of words."""
    count_words()


def look_for_likes(run: JobRun) -> None:
    """What looks like the problems from `first` to `last` (ids). Safe to run twice: a pair is kept once."""
    first, last = run.payload["first"], run.payload["last"]
    count_words(always=False)
    rows = list(
        Problem.objects.filter(pk__gte=first, pk__lte=last)
        .select_related("unit", "rule_pack")
        .order_by("pk")[:_AT_ONCE]
    )
    for done, problem in enumerate(rows, 1):
        suggest_likes(problem=problem)
        if done % 50 == 0:
            run.progress(done, len(rows), f"已查 {done} 件")
    if len(rows) == _AT_ONCE:
        rest = {"first": rows[-1].pk + 1, "last": last}
        enqueue(kind=LOOK, payload=rest, by=SYSTEM, at=run.at, key=f"{LOOK}:{rest['first']}-{last}")
