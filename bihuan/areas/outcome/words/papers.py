"""Words of the papers of this area that no form holds, because they depend on what is filled in."""

from __future__ import annotations

TO_GROUP, TO_GROUP_OF_PARTY = "巡察工作领导小组", "党委巡察工作领导小组"
AT_MEETING = "领导小组成员、巡察办、巡察组、被巡察党组织领导班子成员"
#: what is done at the meeting of a feedback, and by whom
AGENDA = (
    ("宣读反馈意见", "巡察组组长{leader}"),
    ("提出整改要求", "领导小组成员"),
    ("表态发言", "党组织书记{head}"),
)
NOT_APPROVED = "草稿，没有批准，不得公开"
#: which dates of the clock the organisation is told of
HANDED_IN = ("plan", "meeting", "concentrated", "progress")
AS_RULED = "规定期限"


def approved_by(day: str, document: str) -> str:
    return f"于{day}经{document}审定"


def adopted_by(day: str, document: str) -> str:
    return f"于{day}经{document}通过"


def meeting_of(team: str, org: str) -> str:
    return f"{team}巡察{org}反馈会"


def met_on(day: str) -> str:
    return f"{day}党组织会议"


def measure_line(order: int, text: str, standard: str) -> str:
    return f"{order}．{text.rstrip('。')}" + (f"（结果：{standard.rstrip('。')}）" if standard else "")


def late_by(state: str, days: int) -> str:
    return f"{state}，逾期{days}天"


def from_to(first: str, last: str) -> str:
    return f"{first}至{last}"


def indicator(title: str, waits: str) -> str:
    return f"{title}（待{waits}）" if waits else title


def because(reason: str, shows: str) -> str:
    return f"{reason.rstrip('。')}（{shows}）"
