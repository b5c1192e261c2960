"""The clock of a feedback: which dates its receipt sets, by which rule of the round's pinned pack."""

from __future__ import annotations

from datetime import date

from bihuan.areas.outcome import words
from bihuan.areas.outcome.models import ClockDay, Feedback
from bihuan.kernel.calendar import WorkCalendar
from bihuan.kernel.refused import Missing
from bihuan.kernel.rules import RuleValue
from bihuan.org.models import PackVersion, RuleConfirmation
from bihuan.org.reads import rule_of

CONCENTRATED = "concentrated"
#: code, key of the rule, code of the date it counts from ("" for the receipt)
RULES = (
    ("plan", "plan.due", ""),
    ("meeting", "democratic_life.due", ""),
    (CONCENTRATED, "rectify.concentrated", ""),
    ("progress", "progress.report_due", ""),
    ("evaluation", "evaluation.window", CONCENTRATED),
)
CLUE_RULE = "clue.feedback_due"


def days_from(
    received_on: date, pack: PackVersion, calendar: WorkCalendar, feedback: Feedback
) -> list[ClockDay]:
    """Not saved. Raises Missing where the pack does not say how long the concentrated period is; about other dates it
    may be silent."""
    found: dict[str, ClockDay] = {}
    for order, (code, key, after) in enumerate(RULES, 1):
        rule = _rule(pack, key, needed=code == CONCENTRATED)
        if rule is None:
            continue
        base = found[after].due_on if after else received_on
        deadline = rule.due_rule().deadline(base, calendar)
        found[code] = ClockDay(
            feedback=feedback, code=code, order=order, label=rule.label, base_on=base,
            start_event=rule.start_event, amount=deadline.rule.words, due_on=deadline.due,
            latest_on=deadline.actual_latest, sure=deadline.certain, pack=pack, rule_key=key,
            source=rule.source, certainty=rule.certainty,
        )  # fmt: skip
    return list(found.values())


def _rule(pack: PackVersion, key: str, *, needed: bool) -> RuleValue | None:
    try:
        return rule_of(pack, key)
    except Missing:
        if needed:
            raise
        return None


def clock_of(feedback: Feedback) -> list[ClockDay]:
    """As it was written down at the receipt; `confirmed` where a person stands for the rule."""
    rows = list(feedback.days.select_related("pack").order_by("order"))
    keys = {row.rule_key for row in rows}
    stood = RuleConfirmation.objects.filter(version__in={row.pack_id for row in rows}, key__in=keys)
    known = set(stood.values_list("version_id", "key"))
    for row in rows:
        row.confirmed = (row.pack_id, row.rule_key) in known
    return rows


def rule_words(pack: PackVersion, code: str) -> str:
    """How long something takes by this pack, in words; of what it is silent about, that it is ruled elsewhere."""
    rule = _rule(pack, next(key for one, key, _ in RULES if one == code), needed=False)
    return rule.due_rule().words if rule else words.AS_RULED


def clue_rule(pack: PackVersion) -> RuleValue | None:
    """When a clue's handler reports back: it counts from the transfer of each, not from the receipt."""
    return _rule(pack, CLUE_RULE, needed=False)


def concentrated_end(feedback: Feedback) -> date:
    """The end of the concentrated period of a feedback that was received."""
    return feedback.days.get(code=CONCENTRATED).due_on
