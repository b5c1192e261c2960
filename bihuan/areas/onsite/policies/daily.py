"""Who does the daily work of a team: documents, visits, what is explained, the mid-term report, the log."""

from __future__ import annotations

from datetime import date

from bihuan.areas.inspection.models import Task
from bihuan.areas.onsite import states
from bihuan.areas.onsite.access import Hat, Standing
from bihuan.areas.onsite.models import Loan, Midterm
from bihuan.areas.onsite.reads.addressed import loans_to
from bihuan.kernel.actor import Actor
from bihuan.kernel.verdict import Verdict

from .team import may_lead, may_work

_MOVED_ON = "刷新页面看最新情况后再办"


def may_work_on_site(task: Task, standing: Standing, day: date) -> Verdict:
    """What is done only while the team is there, the day it leaves included."""
    may = may_work(task, standing)
    if may and task.left_on is not None and task.left_on < day:
        return Verdict.no("巡察组已经离场", "离场以后不再办，已有的照常看")
    return may


def loan_verdict(step: str, loan: Loan, standing: Standing) -> Verdict:
    row = states.LOAN[step]
    if loan.state not in row.sources:
        now = dict(states.LOAN_STATES)[loan.state]
        return Verdict.no(f"{loan}现在是“{now}”", _MOVED_ON)
    return may_work(loan.task, standing)


def may_answer_loan(loan: Loan, by: Actor) -> Verdict:
    """The liaison of the organisation, once."""
    if not loans_to(by).filter(pk=loan.pk).exists():
        return Verdict.not_yours("由被巡察党组织的联络员答复", "请联络员办理")
    if loan.state != states.ASKED:
        return Verdict.no(f"现在是“{dict(states.LOAN_STATES)[loan.state]}”", "不用再答复")
    return Verdict.yes()


def may_write_day(task: Task, standing: Standing) -> Verdict:
    return may_work(task, standing)


def may_write_midterm(task: Task, standing: Standing, day: date) -> Verdict:
    return may_work_on_site(task, standing, day)


def midterm_verdict(step: str, midterm: Midterm, standing: Standing) -> Verdict:
    """The leader submits what the team wrote; the office or somebody of the leading group writes down the hearing."""
    if midterm.state not in states.MIDTERM[step].sources:
        now = dict(states.MIDTERM_STATES)[midterm.state]
        return Verdict.no(f"汇报现在是“{now}”", _MOVED_ON)
    if step == "submit":
        return may_lead(midterm.task, standing)
    if standing.hats & {Hat.OFFICE, Hat.LEADING, Hat.HEAD}:
        return Verdict.yes()
    return Verdict.not_yours("听取情况由巡察办或领导小组成员记", "请他们办理")


def may_amend_midterm(midterm: Midterm, standing: Standing) -> Verdict:
    if midterm.state != states.WRITTEN:
        return Verdict.no("已经报送，不能再改", "有新情况另写一份")
    return may_work(midterm.task, standing)
