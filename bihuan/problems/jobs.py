"""What the worker does for the loop: by the clock, and after an import."""

from __future__ import annotations

from datetime import datetime

from bihuan.kernel.actor import PERSON, SYSTEM, Actor
from bihuan.record.actions.run_job import JobRun

from .actions.ask_papers import ask_papers
from .actions.draw_lookback import draw_lookback
from .actions.give_letters import give_letters
from .actions.give_reminders import give_reminders
from .actions.tell_taken_over import tell_taken_over
from .exports.print_letters import unprinted
from .policies.lookback import drawn_this_month


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
