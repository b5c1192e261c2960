"""Taking a step with what a form holds: the one way in, for a page and for a program."""

from __future__ import annotations

from datetime import datetime

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Stale
from bihuan.kernel.verdict import Verdict
from bihuan.problems import states
from bihuan.problems.models import Problem
from bihuan.problems.policies import checks_before

from .fields import StepForm
from .slips import as_uploads
from .table import StepPage

_DECISIONS = {"approve", "return", "close", "reject", "decide_extension", "decide_transfer", "void"}


def take(page: StepPage, problem: Problem, form: StepForm, *, by: Actor, at: datetime) -> None:
    """Call the one action of the step with a valid form. Raises what the action raises, and Stale."""
    _still_the_same(page, problem, form)
    given = {"files": as_uploads(form.slots)} if form.slots else {}
    page.action(problem=problem, by=by, at=at, **form.kwargs(), **given)


def _still_the_same(page: StepPage, problem: Problem, form: StepForm) -> None:
    """A decision holds for what was on the screen. Only asked where the step itself is still possible."""
    seen = form.cleaned_data.get("version")
    moved = seen is not None and seen != problem.version
    if page.step in _DECISIONS and moved and problem.closure in states.STEPS[page.step].sources:
        raise Stale("打开这一页以后，这个问题又有新的办理", "到问题页看过最新情况，再提交一次")


def mendable(step: str, problem: Problem, may: Verdict) -> bool:
    """True where the form itself takes in what is still missing: the photo, the evidence."""
    if may or may.hidden:
        return False
    if step == "fix_now":
        return problem.grade == "general" and problem.timing != "long_term"
    if step == "submit":
        open_ones = [check for check in checks_before("submit", problem) if not check.ok]
        return (
            bool(open_ones)
            and all(check.mends == "files" for check in open_ones)
            and (may.reason.startswith(open_ones[0].label))
        )
    return False
