"""Who may open one closed row, and who lets somebody read who asks."""

from __future__ import annotations

from bihuan.areas.onsite.access import Hat, Reach, Standing
from bihuan.areas.onsite.models import Ask, Clue, Complaint, Consent, DayLog, Draft, Midterm, Talk, Visit
from bihuan.kernel.verdict import Verdict

Thing = Talk | Complaint | Draft | Clue | Ask | Visit | Midterm | DayLog


def may_read(thing: Thing, standing: Standing) -> Verdict:
    """The table says it (`access.TABLE`); the reason says who can."""
    model = type(thing)
    if model.objects.readable_by(standing).filter(pk=thing.pk).exists():
        return Verdict.yes()
    if not model.objects.listed_for(standing).filter(pk=thing.pk).exists():
        return Verdict.not_yours("没有找到")
    reaches = standing.reaches(model.DATA)
    if Reach.SIGNED in reaches:
        return Verdict.no("组长签字以前只有巡察组看", "组长签字以后再看")
    if Reach.ASKED in reaches:
        return Verdict.no("内容要申请调阅", "写明用途申请，由组长同意")
    return Verdict.no("归档以前只看得到登记情况，看不到内容", "归档以后由巡察办保管")


def may_ask(thing: Talk | Complaint, standing: Standing) -> Verdict:
    """A member of the leading group asks to read one talk or complaint."""
    if Reach.ASKED not in standing.reaches(thing.DATA):
        return Verdict.not_yours("由领导小组成员申请调阅")
    if thing.key in standing.asked:
        return Verdict.no("已经同意调阅", "直接打开")
    return Verdict.yes()


def may_grant_consent(consent: Consent, standing: Standing) -> Verdict:
    """The team's leader, or the head of the leading group; never who asked."""
    if not standing.hats & {Hat.LEADER, Hat.HEAD}:
        return Verdict.not_yours("由组长或领导小组组长定", "请他们办理")
    if consent.asked_by_id == standing.person_id:
        return Verdict.no("是你自己申请的", "请别人定")
    if consent.granted_at is not None or consent.refused_at is not None:
        return Verdict.no("已被他人处理", "刷新页面看最新情况后再办")
    return Verdict.yes()
