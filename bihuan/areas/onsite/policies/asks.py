"""Who asks a department or pushes a unit, who answers, who looks at the answer."""

from __future__ import annotations

from datetime import date

from bihuan.areas.inspection.models import Task
from bihuan.areas.onsite import states, words
from bihuan.areas.onsite.access import Standing
from bihuan.areas.onsite.models import Ask
from bihuan.areas.onsite.reads.addressed import is_inside
from bihuan.kernel.verdict import Verdict
from bihuan.org.models import Unit

from .daily import may_work_on_site
from .team import may_work


def may_send(task: Task, standing: Standing, day: date) -> Verdict:
    return may_work_on_site(task, standing, day)


def fits(task: Task, kind: str, unit: Unit, due: date, day: date) -> Verdict:
    """Help is asked of departments; the inspected are asked for documents, or pushed."""
    if kind not in dict(words.ASK_KINDS):
        return Verdict.no("没有这一类", "、".join(label for _, label in words.ASK_KINDS))
    if due < day:
        return Verdict.no("答复期限在今天以前", "选今天或以后")
    if kind != words.PUSH and is_inside(task, unit):
        return Verdict.no(f"{unit.shown}是被巡察单位，不能提请协助", "要资料用“调阅”，要办的事用“巡中促”")
    return Verdict.yes()


def ask_verdict(step: str, ask: Ask, standing: Standing) -> Verdict:
    """`standing` of the addressee names the ask it is addressed by (`reads.addressed.standing_towards`)."""
    if ask.state not in states.ASK[step].sources:
        now = dict(states.ASK_STATES)[ask.state]
        return Verdict.no(f"{ask}现在是“{now}”", "刷新页面看最新情况后再办")
    if step == "answer":
        return _may_answer(ask, standing)
    may = may_work(ask.task, standing)
    if may and step in ("settle", "send_back") and ask.answered_by_id == standing.person_id:
        return Verdict.no("是你答复的，不能由你核实", "请组里的其他人核实")
    return may


def _may_answer(ask: Ask, standing: Standing) -> Verdict:
    if ask.key not in standing.addressed:
        return Verdict.not_yours("由收件单位答复", "请收件单位办理")
    if ask.asked_by_id == standing.person_id:
        return Verdict.no("是你发出的，不能由你答复", "请本部门的其他人答复")
    return Verdict.yes()
