"""Days that a feedback's receipt set: how far they are, and whether something came late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bihuan.areas.outcome.models import (
    ClockDay,
    Evaluation,
    Feedback,
    LifeMeeting,
    RectificationPlan,
    RectificationReport,
)
from bihuan.areas.outcome.words import ENDED, TWO_REPORTS
from bihuan.kernel.clock import LATE, Clock, read_clock
from bihuan.kernel.moment import local_day

from .clock import CONCENTRATED


def day_of(feedback: Feedback, code: str) -> ClockDay | None:
    """None where the pack is silent about it."""
    return feedback.days.filter(code=code).first()


def was_late(feedback: Feedback, code: str, on: date) -> bool:
    """A day that falls on a rest day is kept until the next working day."""
    found = day_of(feedback, code)
    return found is not None and on > found.latest_on


@dataclass(frozen=True, slots=True)
class Kept:
    """One day of the clock with what became of it: the clock to show, or when it was done."""

    day: ClockDay
    clock: Clock
    done_on: date | None

    @property
    def look(self) -> str:
        """ok: done in time; late: done or still owed after the day; open: there is time."""
        if self.done_on:
            return "late" if self.done_on > self.day.latest_on else "ok"
        return "late" if self.clock.tone == LATE else "open"


def kept_days(feedback: Feedback, days: list[ClockDay], today: date) -> list[Kept]:
    """What is on record of each day, in four queries. The end of the concentrated period is not done by anybody: it comes."""
    plan = RectificationPlan.objects.filter(feedback=feedback).first()
    meeting = LifeMeeting.objects.filter(feedback=feedback).first()
    reports = RectificationReport.objects.filter(feedback=feedback, stage="progress")
    handed = sorted(reports.values_list("kind", "handed_in_at"))
    effect = Evaluation.objects.filter(feedback=feedback, kind="effect").first()
    done: dict[str, date | None] = {
        "plan": local_day(plan.submitted_at) if plan and plan.submitted_at else None,
        "meeting": meeting.held_on if meeting else None,
        "progress": max(local_day(at) for _, at in handed) if len(handed) == len(TWO_REPORTS) else None,
        "evaluation": effect.approved_on if effect else None,
    }
    return [_kept(one, done.get(one.code), today) for one in days]


def _kept(day: ClockDay, done: date | None, today: date) -> Kept:
    ended = day.code == CONCENTRATED and day.latest_on < today
    clock = read_clock(day.latest_on, today, closed=ended, closed_words=ENDED)
    return Kept(day, clock, done)
