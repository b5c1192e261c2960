"""Words of the papers of a stay that no form holds, because they depend on what is filled in."""

from __future__ import annotations

NO_TEAM, ANONYMOUS, HAZARD = "巡察组", "匿名", "（重大事故隐患）"
HEAD_OF_GROUP = "巡察工作领导小组组长"
#: what everybody is asked besides the focus of the task
ALWAYS_ASKED = (
    "履行全面从严治党责任、执行廉洁纪律的情况。",
    "以前巡察、审计等监督发现问题的整改情况。",
    "还有哪些需要反映的问题，对巡察工作有什么意见。",
)


def asks_about(focus: str) -> str:
    topic = focus.rstrip("。").removesuffix("情况")
    return f"{topic}的情况，存在哪些问题。"


def paper_no(year: int, round: int, team: int, number: int) -> str:
    """The number of a working draft as it stands on paper."""
    return f"〔{year}〕{round}巡-{team}组-{number:02d}号"


def edition_of(number: int) -> str:
    return f"（第{number}版）" if number > 1 else ""


def so_many(form: str, copies: int) -> str:
    return f"{form}{copies}份"


def gone(day: str, how: str, who: str) -> str:
    return f"{day}{how}，{who}"


def verified(order: int, note: str) -> str:
    return f"第{order}条：{note}"
