"""Who writes an immediate rectification notice, issues it, signs for it, and looks at what came of it."""

from __future__ import annotations

from datetime import date

from bihuan.areas.inspection.models import Task
from bihuan.areas.onsite import states
from bihuan.areas.onsite.access import Hat, Standing
from bihuan.areas.onsite.models import ImmediateNotice, NoticeItem
from bihuan.areas.onsite.reads.addressed import is_inside, notices_to
from bihuan.areas.onsite.reads.latest import latest_immediate
from bihuan.kernel.actor import Actor
from bihuan.kernel.verdict import Verdict
from bihuan.org.models import Unit

from .daily import may_work_on_site
from .team import may_lead, may_work


def may_write_notice(task: Task, standing: Standing, day: date) -> Verdict:
    """A member, not the leader, who issues it."""
    may = may_work_on_site(task, standing, day)
    if may and Hat.LEADER in standing.hats:
        return Verdict.no("通知书由组员拟，组长签发", "请组员拟稿")
    return may


def notice_fits(task: Task, unit: Unit, due: date, day: date) -> Verdict:
    if not is_inside(task, unit):
        return Verdict.no(f"{unit.shown}不属于{task.org.shown}", "选被巡察党组织所属的单位")
    latest = latest_immediate(task)
    if due > latest:
        return Verdict.no(f"立行立改最晚到 {latest:%Y-%m-%d}", "不晚于离场；改不完的作为限期整改的问题写底稿")
    return Verdict.yes() if due >= day else Verdict.no("完成期限在今天以前", "选今天或以后")


def notice_verdict(step: str, notice: ImmediateNotice, standing: Standing) -> Verdict:
    now = dict(states.NOTICE_STATES)[notice.state]
    if notice.state not in states.NOTICE[step].sources:
        return Verdict.no(f"通知书现在是“{now}”", "刷新页面看最新情况后再办")
    if step == "issue":
        may = may_lead(notice.task, standing)
        if may and notice.task.left_on is not None:
            return Verdict.no("巡察组已经离场", "离场以后不再发立行立改通知书")
        return may
    may = may_work(notice.task, standing)
    if may and Hat.LEADER not in standing.hats and notice.written_by_id != standing.person_id:
        return Verdict.not_yours("由拟稿人或组长办", "请他们办理")
    return may


def may_sign_notice(notice: ImmediateNotice, by: Actor) -> Verdict:
    """The head of the unit in person (一把手)."""
    if not notices_to(by).filter(pk=notice.pk).exists():
        return Verdict.not_yours("由责任单位主要负责人签收", "请本单位主要负责人办理")
    if notice.state != states.ISSUED:
        return Verdict.no(f"通知书现在是“{dict(states.NOTICE_STATES)[notice.state]}”", "不用再签收")
    return Verdict.yes()


def may_verify_item(item: NoticeItem, standing: Standing) -> Verdict:
    """A member who did not write the notice, once the unit says in the loop that it is done."""
    may = may_work(item.notice.task, standing)
    if not may:
        return may
    if item.verified_at is not None:
        return Verdict.no("已经核实过", "刷新页面看最新情况")
    if item.problem is None:
        return Verdict.no("通知书还没有签发", "请组长先签发")
    if item.notice.written_by_id == standing.person_id:
        return Verdict.no("通知书是你拟的，不能由你核实", "请组里的其他人核实")
    if item.problem.submitted_at is None:
        return Verdict.no("单位还没有申请销号", "等单位在问题页交整改证据")
    if item.problem.submitted_by_id == standing.person_id:
        return Verdict.no("是你申请销号的，不能由你核实", "请组里的其他人核实")
    return Verdict.yes()
