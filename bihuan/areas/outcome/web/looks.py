"""How the state of a report looks, and the steps of its way."""

from __future__ import annotations

from datetime import date

from bihuan.areas.outcome import states
from bihuan.areas.outcome.models import Report
from bihuan.kernel.moment import local_day

_STEPS = ("起草", "组务会", "巡察办审核", "领导小组审议", "党委审定", "印发")
#: how many of the steps are behind a report in this state
_DONE = {code: n for n, (code, _) in enumerate(states.REPORT_STATES)}


def look_of(report: Report) -> tuple[str, str, str]:
    """Word, tone, icon."""
    label = report.get_state_display()
    if report.state in states.DONE:
        return label, "good", "circle-check"
    if report.state == states.DRAFTING:
        return label, "calm", "pencil"
    return label, "soon", "clock"


def steps_of(report: Report) -> list[tuple[str, str]]:
    """(label, done, here or "")."""
    now = _DONE[report.state]
    return [(label, "done" if n < now else "here" if n == now else "") for n, label in enumerate(_STEPS)]


def marks_of(report: Report) -> list[tuple[str, date | None, str]]:
    """(step, the day it was done or None, who does it). A returned report has the way before it again."""
    back = report.state == states.DRAFTING
    return [
        ("交组务会", local_day(report.handed_in_at) if report.handed_in_at and not back else None, "组员"),
        ("组务会", report.passed_on if not back else None, "组长"),
        ("巡察办审核", report.reviewed_on, "巡察办"),
        ("领导小组审议", report.considered_on, "领导小组成员"),
        ("党委审定", report.approved_on, "领导小组成员"),
        ("印发", report.issued_on, "巡察办"),
    ]
