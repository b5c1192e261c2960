"""Take back the reminders nobody has read: the owner, the date or the state is another one now."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bihuan.notify.actions.unsay import unsay
from bihuan.problems.models import Problem, Reminder


def reminder_key(problem_id: int, due_on: object, stage: str) -> str:
    """The occasion of a reminder; its head (up to the problem) is what cancelling goes by."""
    return f"{_head(problem_id)}{due_on}:{stage}"


def _head(problem_id: int) -> str:
    return f"remind:{problem_id}:"


def cancel_reminders(*, problem: Problem, at: datetime, people: Iterable[int] | None = None) -> int:
    """Withdraw what was said up to `at`, to these people or to everybody; returns how many lines went.

    The Reminder rows stay: a reminder is given once, also when the owner or the date changes back.
    """
    if people is None:
        people = Reminder.objects.filter(problem=problem).values_list("person_id", flat=True).distinct()
    return unsay(people=people, prefix=_head(problem.pk), up_to=at)
