"""Who takes which step with a clue: the team finds it, the registrar passes it on, a body deals with it."""

from __future__ import annotations

from bihuan.areas.inspection.models import Task
from bihuan.areas.onsite import states
from bihuan.areas.onsite.access import Hat, Standing
from bihuan.areas.onsite.models import Clue
from bihuan.kernel.verdict import Verdict

from .team import may_lead, may_work

_BODY = {"discipline": Hat.DISCIPLINE, "personnel": Hat.PERSONNEL}


def may_note_clue(task: Task, standing: Standing) -> Verdict:
    """Any member but the leader, who confirms it."""
    may = may_work(task, standing)
    if may and Hat.LEADER in standing.hats:
        return Verdict.no("线索由组员记，组长核定", "请组员记")
    return may


def clue_verdict(step: str, clue: Clue, standing: Standing) -> Verdict:
    row = states.CLUE[step]
    if clue.state not in row.sources:
        now = dict(states.CLUE_STATES)[clue.state]
        return Verdict.not_yours(f"已被他人处理，现在是“{now}”", "刷新页面看最新情况后再办")
    if step in ("confirm", "drop"):
        may = may_lead(clue.task, standing)
        if may and step == "confirm" and clue.noted_by_id == standing.person_id:
            return Verdict.no("是你记的线索，不能由你核定", "请组长核定")
        return may
    if step in ("transfer", "close"):
        if Hat.REGISTRAR in standing.hats:
            return Verdict.yes()
        return Verdict.not_yours("由线索专管员办", "请巡察办的线索专管员办理")
    return _of_body(step, clue, standing)


def _of_body(step: str, clue: Clue, standing: Standing) -> Verdict:
    if _BODY.get(clue.body) not in standing.hats:
        return Verdict.not_yours("由承办机构办", "请接收线索的机构办理")
    if step != "receive" and clue.handler_id != standing.person_id:
        return Verdict.not_yours("由承办人办", "请承办人办理")
    return Verdict.yes()
