"""The side column's papers: how far the letters have come, and what can be made of a problem."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from bihuan.kernel.moment import local_day
from bihuan.org.reads import values_of
from bihuan.problems import states
from bihuan.problems.lists.letters import LETTER_LOOKS
from bihuan.problems.models import Letter, Lookback, Problem
from bihuan.problems.policies.ladder import cells_of, ladder_of

State = Letter.State
_OUT = (State.ISSUED, State.RECEIVED)


def papers_context(problem: Problem) -> dict[str, Any]:
    """Two queries: the letters, and a look-back that waits."""
    letters = list(
        Letter.objects.filter(problem=problem).select_related("received_by").order_by("-made_on", "-id")
    )
    rungs = ladder_of(values_of(problem.rule_pack)) if problem.rule_pack else ()
    lookback = None
    if problem.closure == states.CLOSED:
        lookback = Lookback.objects.filter(problem=problem, is_open=True).select_related("assignee").first()
    return {
        "letters": [letter_line(letter) for letter in letters],
        "ladder": cells_of(rungs, out_steps(problem, letters)) if letters else [],
        "papers": makeable(problem),
        "lookback": lookback,
    }


def letter_line(letter: Letter) -> dict[str, Any]:
    if letter.state == State.RECEIVED:
        note = f"{letter.received_by.name} {_day(letter.received_at)}签收"
    elif letter.state == State.CANCELLED:
        note = letter.reason
    elif letter.state == State.WAITING:
        note = "等督办部门签发，签发后编号"
    else:
        note = f"{_day(letter.issued_at)}发出"
    return {
        "letter": letter,
        "look": LETTER_LOOKS[State(letter.state)],
        "note": note,
        "url": reverse("problems:letter", args=[letter.pk]),
    }


def _day(at: Any) -> str:
    day = local_day(at)
    return f"{day.month}月{day.day}日"


def out_steps(problem: Problem, letters: list[Letter]) -> set[str]:
    """Steps whose letter is out for the present deadline, round and unit."""
    now = (problem.round, problem.due_on, problem.unit_id)
    return {one.step for one in letters if one.state in _OUT and (one.round, one.due_on, one.unit_id) == now}


def makeable(problem: Problem) -> list[dict[str, Any]]:
    """可以生成的材料: what can be printed, and when what cannot yet."""
    closed = problem.closed_by_id is not None
    given = problem.closure not in (states.RAISED, states.VOID)
    return [
        _paper(problem, "notice", "整改通知书", given, "下达后可用"),
        _paper(problem, "closing", "销号单", closed, "销号后可用"),
    ]


def _paper(problem: Problem, kind: str, label: str, ready: bool, when: str) -> dict[str, Any]:
    return {
        "label": label,
        "ready": ready,
        "note": "" if ready else when,
        "docx": reverse("problems:paper", args=[problem.number, kind, "docx"]),
        "pdf": reverse("problems:paper", args=[problem.number, kind, "pdf"]),
    }
