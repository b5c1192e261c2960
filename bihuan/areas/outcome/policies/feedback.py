"""Who writes the feedback, gives it, signs for it, and brings its problems into the loop."""

from __future__ import annotations

from bihuan.areas.inspection.models import Task
from bihuan.areas.onsite.access import Hat, Standing
from bihuan.areas.outcome import states
from bihuan.areas.outcome.models import Feedback, Report
from bihuan.areas.outcome.reads.inside import paths_of
from bihuan.kernel.actor import Actor
from bihuan.kernel.verdict import Verdict

_OFFICE = "巡察办"


def may_compose(report: Report, standing: Standing) -> Verdict:
    """The office or the team's leader, from an approved report of the task."""
    if report.kind != "task" or report.state not in states.DONE:
        return Verdict.no("报告还没有经党委审定", "审定以后拟反馈意见")
    return _writes(standing)


def _writes(standing: Standing) -> Verdict:
    if standing.hats & {Hat.OFFICE, Hat.LEADER}:
        return Verdict.yes()
    return Verdict.not_yours("由巡察办或组长拟反馈意见", "请他们办理")


def may_amend_feedback(feedback: Feedback, standing: Standing) -> Verdict:
    if feedback.issued_at is not None:
        return Verdict.no("反馈意见已经给出，不能改", "")
    return _writes(standing)


def may_tell(feedback: Feedback, standing: Standing) -> Verdict:
    if feedback.told_on is not None:
        return Verdict.no("已经记过一对一反馈", "刷新页面看最新情况")
    return _of_office(standing)


def may_hold_meeting(feedback: Feedback, standing: Standing) -> Verdict:
    """At the meeting it is given out: before, the principal was told alone."""
    if feedback.issued_at is not None:
        return Verdict.no("已经开会反馈过", "刷新页面看最新情况")
    if feedback.told_on is None:
        return Verdict.no("还没有向主要负责人一对一反馈", "先记一对一反馈")
    return _of_office(standing)


def answers_for(actor: Actor, task: Task) -> bool:
    """Whether they rectify for a unit that the organisation covers, and work there: its head, its liaison officer."""
    return any(
        actor.unit_path.startswith(path) and actor.may_in(states.RECTIFY, path) for path in paths_of(task)
    )


def may_receive(feedback: Feedback, standing: Standing, by: Actor) -> Verdict:
    """The organisation signs for itself, or the office writes down who signed on paper."""
    if feedback.received_on is not None:
        return Verdict.no("已经签收", "刷新页面看最新情况")
    if Hat.INSPECTED in standing.hats:
        if feedback.issued_at is None or not answers_for(by, feedback.task):
            return Verdict.not_yours("没有找到")
        return Verdict.yes()
    if feedback.issued_at is None:
        return Verdict.no("还没有开会反馈", "先记班子会议反馈")
    return _of_office(standing)


def may_copy(feedback: Feedback, standing: Standing) -> Verdict:
    if feedback.issued_at is None:
        return Verdict.no("反馈意见还没有给出", "给出以后再抄送")
    return _of_office(standing)


def may_raise(feedback: Feedback, standing: Standing) -> Verdict:
    """Problems are handed out once the clock runs: their deadlines hang on it."""
    if feedback.received_on is None:
        return Verdict.no("被巡察党组织还没有签收", "签收以后下达")
    return _of_office(standing)


def may_read_feedback(feedback: Feedback, standing: Standing, by: Actor) -> Verdict:
    """The table says it; of the inspected organisation, who answers for its rectification."""
    if not Feedback.objects.filter(pk=feedback.pk).readable_by(standing).exists():
        return Verdict.not_yours("没有找到")
    if Hat.INSPECTED in standing.hats and not answers_for(by, feedback.task):
        return Verdict.not_yours("没有找到")
    return Verdict.yes()


def _of_office(standing: Standing) -> Verdict:
    """Not by somebody of the team: who found it does not also decide how it is handed out."""
    if Hat.OFFICE not in standing.hats:
        return Verdict.not_yours(f"由{_OFFICE}办", f"请{_OFFICE}办理")
    if standing.was_team:
        return Verdict.no("你在这个巡察组，反馈由巡察办的其他人办", f"请{_OFFICE}的其他人办理")
    return Verdict.yes()
