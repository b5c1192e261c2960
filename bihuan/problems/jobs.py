"""What the worker does for the loop by the clock."""

from __future__ import annotations

from datetime import datetime

from .actions.give_reminders import give_reminders


def remind(at: datetime) -> None:
    """The morning round of reminders. Safe to run twice."""
    give_reminders(at=at)
