"""Who writes a report and who takes it which step: the team writes, and nobody of it reviews what it wrote."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bihuan.areas.inspection.models import Task
from bihuan.areas.onsite.access import Hat, Standing
from bihuan.areas.onsite.policies.team import may_lead, may_work
from bihuan.areas.outcome import states
from bihuan.areas.outcome.models import Feedback, Report
from bihuan.areas.outcome.reads import Fault
from bihuan.kernel.verdict import Verdict

#: whose turn it is in which state, by hat
TURN = {
    states.OFFICE: (Hat.OFFICE, "巡察办"),
    states.LEADING: (Hat.LEADING, "领导小组成员"),
    states.COMMITTEE: (Hat.LEADING, "领导小组成员"),
    states.APPROVED: (Hat.OFFICE, "巡察办"),
}
MOST_SHOWN = 3


def may_start(task: Task, standing: Standing) -> Verdict:
    """Once the team has left: what it still learns there belongs into the report."""
    may = may_work(task, standing)
    if may and task.left_on is None:
        return Verdict.no("巡察组还没有离场", "离场以后起草报告")
    return may


def may_write(report: Report, standing: Standing) -> Verdict:
    if report.state != states.DRAFTING:
        now = report.get_state_display()
        return Verdict.no(f"报告{now}，不能改", "退回以后再改")
    return may_work(report.task, standing)


def may_say(report: Report, standing: Standing) -> Verdict:
    """An opinion beside the text: whoever has it to review."""
    return _turn(report, standing)


def report_verdict(step: str, report: Report, standing: Standing, faults: Sequence[Fault] = ()) -> Verdict:
    """May they take this step now? Every step forward asks that each finding rests on signed drafts (`faults`)."""
    if report.state not in states.REPORT[step].sources:
        return Verdict.not_yours(
            f"已被他人处理，现在是“{report.get_state_display()}”", "刷新页面看最新情况后再办"
        )
    may = may_work(report.task, standing) if step == "hand_in" else _turn(report, standing)
    if may and step == "return" and Feedback.objects.filter(report=report).exists():
        return Verdict.no("已经按这份报告拟了反馈意见，不能再退回", "")
    if not may or step == "return":
        return may
    if step == "approve" and standing.person_id in (report.made_by_id, report.handed_in_by_id):
        return Verdict.no("报告是你写的，党委的审定不能由你记", "请领导小组的其他人记")
    if faults:
        more = f"等 {len(faults)} 条" if len(faults) > MOST_SHOWN else ""
        said = "；".join(fault.text for fault in faults[:MOST_SHOWN])
        return Verdict.no(f"{said}{more}", "退回起草，改引组长签过的现行版底稿")
    return may


def _turn(report: Report, standing: Standing) -> Verdict:
    if report.state == states.TEAM:
        return may_lead(report.task, standing)
    if report.state not in TURN:
        return Verdict.not_yours(f"报告{report.get_state_display()}", "")
    hat, who = TURN[report.state]
    if hat not in standing.hats:
        return Verdict.not_yours(f"由{who}办", f"请{who}办理")
    if standing.was_team:
        return Verdict.no("你在这个巡察组，自己组的报告不能由你审", f"请{who}的其他人办")
    return Verdict.yes()


def may_check_facts(report: Report, standing: Standing) -> Verdict:
    """与单位主要负责人核对事实: before the office passes it on; facts alone, no text leaves the team."""
    if report.facts_on is not None:
        return Verdict.no("已经记过核对", "刷新页面看最新情况")
    if report.state not in (states.DRAFTING, states.TEAM):
        return Verdict.no(f"报告{report.get_state_display()}，不再核对", "送审以前核对")
    return may_lead(report.task, standing)


def may_read(report: Report, standing: Standing, departments: Collection[int] = ()) -> Verdict:
    """The table says it (`access.TABLE`)."""
    rows = Report.objects.filter(pk=report.pk)
    if rows.readable_by(standing, departments).exists():
        return Verdict.yes()
    if not rows.listed_for(standing, departments).exists():
        return Verdict.not_yours("没有找到")
    return Verdict.no("组务会通过以前只有巡察组看", "送审以后再看")
