"""Who talks, who writes it down, and who has to be talked to."""

from __future__ import annotations

from bihuan.areas.inspection.models import Task
from bihuan.areas.onsite.access import Standing
from bihuan.areas.onsite.models import Interviewee, Talk
from bihuan.kernel.verdict import Verdict

from .team import may_lead, may_work


def may_list(task: Task, standing: Standing) -> Verdict:
    return may_work(task, standing)


def may_excuse(one: Interviewee, standing: Standing) -> Verdict:
    if one.talk_id is not None:
        return Verdict.no("已经谈过", "")
    if one.excused_at is not None:
        return Verdict.no("已经免谈", "")
    return may_lead(one.task, standing)


def may_talk(task: Task, standing: Standing) -> Verdict:
    """Also after the team has left, for a talk of a day when it was there: a record may take a day to write."""
    return may_work(task, standing)


def may_amend_talk(talk: Talk, standing: Standing) -> Verdict:
    """By who talked, until the person has signed the record."""
    if talk.signed_at is not None:
        return Verdict.no("谈话人核对签字以后不能改", "补充的情况另谈一次")
    may = may_work(talk.task, standing)
    if may and standing.person_id not in (talk.lead_id, talk.second_id, talk.third_id):
        return Verdict.not_yours("由谈话的人改", "请谈话的人办理")
    return may


def may_sign_talk(talk: Talk, standing: Standing) -> Verdict:
    if talk.signed_at is not None:
        return Verdict.no("已经记过签字", "刷新页面看最新情况")
    return may_amend_talk(talk, standing)
