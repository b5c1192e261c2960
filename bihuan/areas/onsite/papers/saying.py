"""What the papers on closed things say, each name as its form calls it. Opening is written down (`read_closed`)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from bihuan.areas.inspection.models import Task
from bihuan.areas.inspection.papers.before import han
from bihuan.areas.inspection.papers.saying import day_words, numbered, party_name
from bihuan.areas.onsite import states, words
from bihuan.areas.onsite.actions.read_closed import read_closed
from bihuan.areas.onsite.models import Clue, Complaint, Draft, Interviewee, Talk
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day

from .clues import MARK as CLOSE_MARK
from .daily import MARK
from .finding import Seen


def team_name(task: Task) -> str:
    given = getattr(task, "given", None)
    return str(given.team) if given else words.NO_TEAM


def head_of(task: Task) -> dict[str, Any]:
    return {"标记": MARK, "轮次": task.round.name, "组别": team_name(task), "党组织": task.org.name}


def signed(who: Any, when: datetime | date | None) -> str:
    """郑守正，2026年3月9日; empty where nobody signed yet."""
    if who is None or when is None:
        return ""
    return f"{who.name}，{day_words(local_day(when) if isinstance(when, datetime) else when)}"


def _open(seen: Seen, by: Actor, at: datetime) -> dict[str, Any]:
    return read_closed(things=[seen.thing], standing=seen.standing, by=by, at=at)[0]


def _inspectors(talk: Talk) -> str:
    return "、".join(one.name for one in (talk.lead, talk.second, talk.third) if one is not None)


def outline_facts(seen: Seen, by: Actor, at: datetime) -> dict[str, Any]:
    if isinstance(seen.thing, Talk):
        said, talk = _open(seen, by, at), seen.thing
        who = "，".join(filter(None, (said["who"], said["post"])))
        told = {
            "对象": who, "类别": talk.get_kind_display(), "谈话人": _inspectors(talk),
            "时间": day_words(talk.held_on), "地点": said["place"],
        }  # fmt: skip
        asked = [line.strip() for line in said["outline"].splitlines() if line.strip()]
    else:
        row: Interviewee = seen.thing
        told = {
            "对象": f"{row.person.name}，{row.why}", "类别": dict(words.TALK_KINDS)["mandatory"], "谈话人": "",
            "时间": "", "地点": "",
        }  # fmt: skip
        focus = seen.task.framework.items.order_by("order")
        asked = [words.asks_about(one.title) for one in focus] + list(words.ALWAYS_ASKED)
    return head_of(seen.task) | told | {"问题": numbered({"问题": text} for text in asked)}


def talk_facts(seen: Seen, by: Actor, at: datetime) -> dict[str, Any]:
    said, talk = _open(seen, by, at), seen.thing
    return head_of(seen.task) | {
        "编号": str(talk),
        "对象": "，".join(filter(None, (said["who"], said["post"]))),
        "类别": talk.get_kind_display(),
        "谈话人": _inspectors(talk),
        "记录人": talk.second.name,
        "日期": day_words(talk.held_on),
        "地点": said["place"],
        "提纲": said["outline"],
        "记录": said["record"],
        "核对": day_words(local_day(talk.signed_at)) if talk.signed_at else "",
    }


def complaint_facts(seen: Seen, by: Actor, at: datetime) -> dict[str, Any]:
    said, row = _open(seen, by, at), seen.thing
    sender, forward = said.get("sender") or {}, said.get("forward") or {}
    rank = dict(words.RANKS).get(said.get("rank", ""), "")
    return head_of(seen.task) | {
        "编号": str(row),
        "渠道": row.get_channel_display(),
        "方式": said.get("way", ""),
        "时间": day_words(row.received_on),
        "登记人": row.registered_by.name if row.registered_by else "",
        "反映人": "，".join(filter(None, (sender.get("name"), sender.get("phone")))) or words.ANONYMOUS,
        "被反映人": "，".join(filter(None, (said.get("subject"), rank))),
        "内容": "\n".join(filter(None, (said.get("summary"), said.get("told")))),
        "纪律": dict(words.TOPICS).get(said.get("topic", ""), ""),
        "意见": said.get("opinion", ""),
        "处置": row.get_disposition_display() if row.disposition else "",
        "转出": "：".join(filter(None, (forward.get("to"), forward.get("text")))),
        "办理人": row.handler.name if row.handler else "",
        "结果": said.get("result", ""),
    }


def draft_facts(seen: Seen, by: Actor, at: datetime) -> dict[str, Any]:
    said, draft, task = _open(seen, by, at), seen.thing, seen.task
    team = getattr(task, "given", None)
    group = team.team.number if team else 0
    number = words.paper_no(task.round.plan.year, task.round.number, group, draft.number)
    heard = signed(draft.discussed_by, draft.discussed_on)
    return {
        "标记": MARK,
        "编号": number + words.edition_of(draft.edition),
        "名称": said.get("title", ""),
        "党组织": task.org.name,
        "重点": draft.focus.title,
        "事实": said.get("fact", ""),
        "过程": said.get("process", ""),
        "依据": said.get("basis", ""),
        "定性": said.get("nature", ""),
        "责任": [
            {"责任方": one["who"], "责任类型": dict(words.RESPONSIBILITIES).get(one["kind"], "")}
            for one in said.get("parties") or ()
        ],
        "佐证": [
            {"编号": one["number"], "名称": one["name"], "类型": dict(words.EVIDENCE).get(one["kind"], "")}
            for one in said.get("evidence") or ()
        ],
        "编制": signed(draft.written_by, draft.written_at),
        "审核": signed(draft.reviewed_by, draft.reviewed_at),
        "组务会": "\n".join(filter(None, (said.get("opinion"), heard))) if draft.discussed_on else "",
        "审签": signed(draft.signed_by, draft.signed_at),
    }


def midterm_facts(seen: Seen, by: Actor, at: datetime) -> dict[str, Any]:
    said, row, task = _open(seen, by, at), seen.thing, seen.task
    drafts = Draft.objects.filter(task=task).exclude(state=states.REPLACED)
    return head_of(task) | {
        "党委": party_name(),
        "起": day_words(task.entered_on),
        "谈话": str(Talk.objects.filter(task=task).count()),
        "信访": str(Complaint.objects.filter(task=task).count()),
        "底稿": str(drafts.count()),
        "正文": said["text"],
        "意见": said.get("opinions", ""),
        "日期": day_words(local_day(row.submitted_at or at)),
    }


def _parts(said: dict[str, Any]) -> str:
    return "、".join(one["label"] for one in said.get("parts") or ())


def clues_facts(seen: Seen, by: Actor, at: datetime) -> dict[str, Any]:
    """All clues of the task that stand, opened in one reading that names each."""
    readable = Clue.objects.readable_by(seen.standing).exclude(state=states.DROPPED)
    rows = list(readable.select_related("task").order_by("number"))
    said = read_closed(things=rows, standing=seen.standing, by=by, at=at)
    return head_of(seen.task) | {
        "党委": party_name(),
        "标记": CLOSE_MARK,
        "主送": words.HEAD_OF_GROUP,
        "件数": str(len(rows)),
        "线索": [
            {
                "序号": han(n), "编号": str(row), "程度": dict(words.SEVERITIES).get(one.get("severity", ""), "—"),
                "对象": one["subject"], "职务": one.get("post") or "—", "权限": one.get("authority") or "—",
                "情况": one["summary"], "来源": one.get("source") or "—", "材料": _parts(one) or "—",
            }
            for n, (row, one) in enumerate(zip(rows, said, strict=True), 1)
        ],
        "日期": day_words(local_day(at)),
    }  # fmt: skip


def hand_over_facts(seen: Seen, by: Actor, at: datetime) -> dict[str, Any]:
    said, clue = _open(seen, by, at), seen.thing
    return head_of(seen.task) | {
        "党委": party_name(),
        "标记": CLOSE_MARK,
        "文号": clue.document,
        "主送": clue.get_body_display(),
        "件数": "1",
        "清单": numbered(
            [
                {
                    "编号": str(clue), "主要情况": said["summary"], "随附材料": _parts(said) or "—",
                    "反映对象": "，".join(filter(None, (said["subject"], said.get("post")))),
                }
            ]
        ),
        "期限": day_words(clue.due_on),
        "接收人": clue.received_by.name if clue.received_by else "",
        "接收时间": day_words(local_day(clue.received_at)) if clue.received_at else "",
        "日期": day_words(clue.transferred_on),
    }  # fmt: skip
