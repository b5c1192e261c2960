"""Which rule gave the day by which a body reports on a clue."""

from __future__ import annotations

from datetime import date

from bihuan.areas.inspection.models import Task
from bihuan.areas.onsite.models import Clue
from bihuan.kernel.rules import Deadline, RuleValue
from bihuan.org.reads import rule_of, work_calendar


def feedback_rule(task: Task) -> RuleValue:
    """As the rule pack says that the round was opened under: `task` comes with `round.rule_pack`."""
    return rule_of(task.round.rule_pack, "clue.feedback_due")


def deadline_of(clue: Clue, on: date | None = None) -> tuple[RuleValue, Deadline] | None:
    """How the day came about; with `on`, how it would if it were handed over then."""
    base = clue.transferred_on or on
    if base is None:
        return None
    rule = feedback_rule(clue.task)
    return rule, rule.due_rule().deadline(base, work_calendar())
