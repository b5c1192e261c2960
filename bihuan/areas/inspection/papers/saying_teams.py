"""The facts of the papers of a team and of an entry."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bihuan.areas.inspection import words
from bihuan.areas.inspection.models import Member, RecusalCase, Relative, Round, Task, Team, TeamTask
from bihuan.areas.inspection.reads.ready import members_of
from bihuan.kernel.moment import local_day

from .saying import UNSAID, day_words, numbered, party_name, people_of, span_words


def decision_facts(round: Round, at: datetime) -> dict[str, Any]:
    members = members_of(round)
    teams = list(round.teams.order_by("number"))
    ranks = {team.pk: team.number for team in teams}
    given = TeamTask.objects.filter(team__round=round).select_related("team", "task__org")
    authorised = [one for own in members.values() for one in own if one.authorised_at]
    return {
        "党委": party_name(),
        "文号": "、".join(dict.fromkeys(one.authority for one in authorised)),
        "轮次": round.name,
        "组员": [
            {
                "组别": str(team),
                "职责": one.get_part_display(),
                "姓名": one.person.name,
                "单位": one.person.unit.name if one.person.unit else "",
                "分工": one.get_module_display(),
            }
            for team in teams
            for one in members.get(team.pk, ())
        ],
        "任务": [
            {
                "组别": str(row.team),
                "党组织": row.task.org.name,
                "方式": row.task.get_mode_display(),
                "起止": span_words(row.task.from_day, row.task.to_day),
            }
            for row in sorted(given, key=lambda row: (ranks[row.team_id], row.task.from_day, row.pk))
        ],
        "起": day_words(round.starts_on),
        "止": day_words(round.ends_on),
        "日期": _authorised_on(authorised, at),
    }


def _authorised_on(authorised: list[Member], at: datetime) -> str:
    days = [local_day(one.authorised_at) for one in authorised if one.authorised_at]
    return day_words(max(days) if days else local_day(at))


def authority_facts(team: Team, at: datetime) -> dict[str, Any]:
    members = members_of(team.round).get(team.pk, [])
    tasks = [row.task for row in team.given.select_related("task__org").order_by("task__from_day", "pk")]
    authorised = [one for one in members if one.authorised_at]
    return {
        "党委": party_name(),
        "文号": "、".join(dict.fromkeys(one.authority for one in authorised)),
        "组别": str(team),
        "任务": numbered(
            {
                "党组织": task.org.name,
                "方式": task.get_mode_display(),
                "起止": span_words(task.from_day, task.to_day),
            }
            for task in tasks
        ),
        "组长": people_of(members, "leader") or UNSAID,
        "副组长": people_of(members, "deputy"),
        "组员": people_of(members, "member") or UNSAID,
        "起": day_words(min((task.from_day for task in tasks), default=team.round.starts_on)),
        "止": day_words(max((task.to_day for task in tasks), default=team.round.ends_on)),
        "日期": _authorised_on(authorised, at),
    }


def _member(member: Member) -> dict[str, str]:
    return {
        "轮次": member.round.name,
        "姓名": member.person.name,
        "组别": str(member.team),
        "职责": member.get_part_display(),
    }


def recusal_facts(member: Member, at: datetime) -> dict[str, Any]:
    told = Relative.objects.standing().filter(person=member.person_id).select_related("unit").order_by("pk")
    said = [words.relative_in(one.relation, one.unit.name, leads=one.leads) for one in told]
    said += [words.told(member.other_ties)] if member.other_ties else []
    cases = list(
        RecusalCase.objects.standing().filter(member=member).select_related("org", "lifted_by").order_by("pk")
    )
    orgs = TeamTask.objects.filter(team=member.team_id).order_by("task__from_day", "pk")
    lifted = [f"{case.org.shown}：不需回避，{case.why_lifted}" for case in cases if case.lifted_at]
    unit = member.person.unit.name if member.person.unit else ""
    return _member(member) | {
        "标记": "内部资料，注意保密",
        "单位": unit,
        "党组织": "、".join(dict.fromkeys(orgs.values_list("task__org__name", flat=True))),
        "申报时间": day_words(local_day(member.declared_at)) if member.declared_at else "没有申报",
        "申报": "；".join(said) or "没有亲属任职，没有其他可能影响公正的情形",
        "情形": [
            {
                "党组织": case.org.name,
                "情形": case.get_kind_display(),
                "程度": case.get_level_display(),
                "依据": case.reason,
            }
            for case in cases
        ],
        "认定": "；".join(lifted) or "没有认定",
    }


def pledge_facts(member: Member, at: datetime) -> dict[str, Any]:
    return _member(member) | {
        "单位": member.person.unit.name if member.person.unit else "",
        "承诺": words.PLEDGE,
        "签署时间": day_words(local_day(member.pledged_at)) if member.pledged_at else "",
        "日期": day_words(local_day(member.pledged_at or at)),
    }


def sign_in_facts(round: Round, at: datetime) -> dict[str, Any]:
    """Of the whole round; topic, lecturer and day are written in by hand on the day."""
    members = members_of(round)
    return {
        "轮次": round.name,
        "主题": "",
        "主讲": "",
        "时间": "",
        "人员": numbered(
            {
                "组别": str(team),
                "姓名": one.person.name,
                "单位": one.person.unit.name if one.person.unit else "",
                "签到": "",
            }
            for team in round.teams.order_by("number")
            for one in members.get(team.pk, ())
        ),
    }


def _entry(task: Task) -> dict[str, Any]:
    given = getattr(task, "given", None)
    return {
        "党委": party_name(),
        "组别": str(given.team) if given else words.TEAM,
        "党组织": task.org.name,
        "方式": task.get_mode_display(),
        "起": day_words(task.entered_on or task.from_day),
        "止": day_words(task.left_on or task.to_day),
    }


def notice_facts(task: Task, at: datetime) -> dict[str, Any]:
    given, notice = getattr(task, "given", None), getattr(task, "notice", None)
    members = members_of(task.round).get(given.team_id, []) if given else []
    office = task.liaisons.filter(side="office").select_related("person").first()
    return _entry(task) | {
        "文号": notice.number if notice else "",
        "重点": str(task.framework),
        "组长": people_of(members, "leader") or UNSAID,
        "副组长": people_of(members, "deputy"),
        "组员": people_of(members, "member") or UNSAID,
        "联络员": office.person.name if office else "",
        "签收人": notice.receiver if notice else "",
        "日期": day_words(notice.sent_on if notice else local_day(at)),
    }


def announcement_facts(task: Task, at: datetime) -> dict[str, Any]:
    """Without the picture: the page behind it belongs to the room of complaints, which brings it."""
    posted = getattr(task, "announcement", None)
    return _entry(task) | {
        "电话": posted.phone if posted else UNSAID,
        "信箱": posted.mailbox if posted else UNSAID,
        "截止": day_words(posted.accepts_until) if posted else UNSAID,
        "二维码": None,
        "日期": day_words(posted.posted_on if posted else local_day(at)),
    }
