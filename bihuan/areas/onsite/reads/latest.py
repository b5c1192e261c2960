"""Days that the rule pack of the round gives for the daily work."""

from __future__ import annotations

from datetime import date, timedelta

from bihuan.areas.inspection.models import Task
from bihuan.kernel.refused import Missing
from bihuan.org.reads import rule_of

IMMEDIATE, LOAN, ASK = "immediate.after_leaving", "loan.due", "ask.due"


def in_days(task: Task, key: str, day: date) -> date | None:
    """So many days after `day`; None where the pinned version says nothing about it."""
    try:
        return day + timedelta(days=int(rule_of(task.round.rule_pack, key).value))
    except Missing:
        return None


def latest_immediate(task: Task) -> date:
    """立行立改 ends with the stay on site, or as many days later as the pack allows."""
    leaving = task.left_on or task.to_day
    return in_days(task, IMMEDIATE, leaving) or leaving
