"""What the worker does for the loop: by the clock, and after an import."""

from __future__ import annotations

from datetime import datetime

from bihuan.kernel.actor import PERSON, SYSTEM, Actor
from bihuan.record.actions.run_job import JobRun

from .actions.give_reminders import give_reminders
from .actions.tell_taken_over import tell_taken_over


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
