"""The row of buttons: the one filled, the outlined, the grey ones with their reason, the rest under 更多."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse

from bihuan.kernel.actor import Actor
from bihuan.kernel.verdict import Verdict
from bihuan.problems import states
from bihuan.problems.forms.table import BY_STEP
from bihuan.problems.forms.taking import mendable
from bihuan.problems.models import Problem, Submission
from bihuan.problems.policies import Check, buttons

#: what a state is waiting for: its button stays in sight even while it is refused
_MAIN = {
    states.RAISED: "assign",
    states.ASSIGNED: "accept",
    states.PLANNING: "plan",
    states.PLAN_REVIEW: "approve",
    states.RECTIFYING: "submit",
    states.VERIFYING: "close",
}
_FRONT = (
    "void", "decide_transfer", "decide_extension", "assign", "accept", "plan", "approve", "return", "close",
    "reject", "submit", "report", "fix_now", "record_guarantees", "evaluate", "recheck", "reopen", "comment",
)  # fmt: skip
#: two answers of one judgement: neither is filled
_JUDGED = ("approve", "return", "reject", "recheck", "reopen", "comment", "record_guarantees")
_BEHIND = {"record_guarantees": (states.PLANNING, states.PLAN_REVIEW), "evaluate": (states.VERIFYING,)}
_LONG = ("plan", "report", "submit", "record_guarantees")


@dataclass(slots=True)
class Button:
    """One button; `method` post acts at once, get opens its form. `why` shows the reason as text."""

    step: str
    label: str
    url: str
    icon: str
    verdict: Verdict
    kind: str = ""
    method: str = "get"
    why: bool = False

    @property
    def drawer(self) -> bool:
        """Short forms open beside the page, so that what they are about stays in sight."""
        return self.step not in _LONG


@dataclass(slots=True)
class Bar:
    front: list[Button]
    more: list[Button]

    @property
    def primary(self) -> Button | None:
        return next((b for b in self.front if b.kind == "primary"), None)


def bar_of(problem: Problem, *, by: Actor, at: datetime, checks: list[Check]) -> Bar:
    """Buttons of this person in this state, in the order people look for them."""
    found = {step: (label, may) for step, label, may in buttons(problem, by=by, at=at)}
    front, more = [], []
    for step in (*_FRONT, *(step for step in found if step not in _FRONT)):
        if step not in found:
            continue
        label, may = found[step]
        if step == "refuse_repeat" and problem.repeat_of_id is None:
            continue
        if mendable(step, problem, may):
            may = Verdict.yes()
        places = _BEHIND.get(step)
        to_front = step in _FRONT and (places is None or problem.closure in places)
        if step == "comment" and problem.closure == states.VERIFYING and _own_side(found):
            label = "补佐证"
        made = Button(
            step,
            label,
            reverse(f"problems:{states.NOUNS[step]}", args=[problem.number]),
            BY_STEP[step].icon,
            may,
        )
        (front if to_front else more).append(made)
    _fill_one(problem, front, checks, found)
    return Bar(front, more)


def _own_side(found: dict) -> bool:
    """Of the unit: the unit's requests are open to this person while the verifier's buttons are not."""
    return "close" not in found and "ask_extension" in found


def _fill_one(problem: Problem, front: list[Button], checks: list[Check], found: dict) -> None:
    """At most one filled button: the first that is possible and is no half of a judgement."""
    main = _MAIN.get(problem.closure)
    for button in front:
        if button.step == main and not button.verdict:
            button.why = True
    chosen = next((b for b in front if b.verdict and b.step not in _JUDGED), None)
    if chosen is None and main == "close":
        chosen = _ask_for_evidence(problem, front, checks, found)
    if chosen is None:
        return
    chosen.kind = "primary"
    if chosen.step == "close" and _small(problem):
        chosen.method = "post"


def _ask_for_evidence(
    problem: Problem, front: list[Button], checks: list[Check], found: dict
) -> Button | None:
    """请补佐证: where a check keeps the closing back, the button leads to what is missing."""
    missing = [check for check in checks if not check.ok]
    may = found.get("remind", ("", Verdict.no("")))[1]
    if not missing or not may or "close" not in found:
        return None
    text = (
        "核验时还缺："
        + "；".join(f"{c.label}{'，' + c.detail if c.detail else ''}" for c in missing)
        + "。请补齐。"
    )
    url = reverse("problems:reminder", args=[problem.number]) + "?" + urlencode({"text": text})
    asking = Button("remind", "请补佐证", url, "paperclip", may)
    front.insert(next((i + 1 for i, b in enumerate(front) if b.step == "close"), 0), asking)
    return asking


def _small(problem: Problem) -> bool:
    """Fixed on the spot and of general grade: one tap closes it, because the photos are on the same page."""
    if problem.grade != "general" or problem.secrecy != "normal":
        return False
    last = Submission.objects.filter(problem=problem, round=problem.round).order_by("-id").first()
    return last is not None and last.on_the_spot
