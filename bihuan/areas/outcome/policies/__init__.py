"""Who may, of a report and of the feedback."""

from .feedback import (
    may_amend_feedback,
    may_compose,
    may_copy,
    may_hold_meeting,
    may_raise,
    may_read_feedback,
    may_receive,
    may_tell,
)
from .report import may_check_facts, may_read, may_say, may_start, may_write, report_verdict

__all__ = [
    "may_amend_feedback",
    "may_check_facts",
    "may_compose",
    "may_copy",
    "may_hold_meeting",
    "may_raise",
    "may_read",
    "may_read_feedback",
    "may_receive",
    "may_say",
    "may_start",
    "may_tell",
    "may_write",
    "report_verdict",
]
