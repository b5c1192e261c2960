"""Who asks that a problem stay unpublished, who decides, and when the rectification may be made public."""

from __future__ import annotations

from bihuan.areas.onsite.access import Hat, Standing
from bihuan.areas.outcome.models import Exemption, Feedback, FeedbackItem, RectificationReport
from bihuan.areas.outcome.reads.publishing import live_publication
from bihuan.kernel.actor import Actor
from bihuan.kernel.verdict import Verdict

from .plan import of_the_inspected


def may_ask_exemption(item: FeedbackItem, standing: Standing, by: Actor) -> Verdict:
    if item.problem_id is None:
        return Verdict.no("这一条没有下达整改", "选反馈的问题")
    return of_the_inspected(item.feedback, standing, by)


def may_decide_exemption(exemption: Exemption, standing: Standing) -> Verdict:
    if exemption.granted is not None:
        return Verdict.no("已经定了", "刷新页面看最新情况")
    if Hat.LEADING not in standing.hats:
        return Verdict.not_yours("由领导小组成员定", "请领导小组成员办理")
    if standing.person_id == exemption.asked_by_id:
        return Verdict.no("是你申请的", "请领导小组的其他人定")
    return Verdict.yes()


def may_publish_outcome(feedback: Feedback, standing: Standing, by: Actor) -> Verdict:
    """Once the progress was reported and received, and nothing waits for a decision."""
    may = of_the_inspected(feedback, standing, by)
    if not may:
        return may
    reports = RectificationReport.objects.filter(feedback=feedback, kind="org", received_on__isnull=False)
    if not reports.exists():
        return Verdict.no("巡察办还没有收到党组织整改情况报告", "报送、签收以后再公开")
    waiting = Exemption.objects.filter(item__feedback=feedback, granted=None).count()
    if live_publication(feedback).exists():
        return Verdict.no("公开稿已经生成，还没有结束", "在公开里改那一份，撤下或到期以后再生成")
    if waiting:
        return Verdict.no(f"有 {waiting} 件不公开的申请还没有定", "领导小组定了再公开")
    return Verdict.yes()
