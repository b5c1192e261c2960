"""Days that a feedback's receipt set: how far they are, and whether something came late."""

from __future__ import annotations

from datetime import date

from bihuan.areas.outcome.models import ClockDay, Feedback


def day_of(feedback: Feedback, code: str) -> ClockDay | None:
    """None where the pack is silent about it."""
    return feedback.days.filter(code=code).first()


def was_late(feedback: Feedback, code: str, on: date) -> bool:
    """A day that falls on a rest day is kept until the next working day."""
    found = day_of(feedback, code)
    return found is not None and on > found.latest_on
