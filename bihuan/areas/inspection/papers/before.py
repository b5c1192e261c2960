"""What departments told before an entry, and the meeting that opens a stay: 情况通报单, 进驻动员会主持词 and 讲话."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bihuan.areas.inspection.actions.open_briefing import open_briefing
from bihuan.areas.inspection.models import Briefing, Task
from bihuan.areas.inspection.reads.ready import members_of
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.paper.form import Form
from bihuan.paper.official import Each, Heading, Outline, Pairs, Table

from .planning import DAY, ORG, PARTY, ROUND
from .saying import UNSAID, day_words, numbered, party_name, people_of

MARK = "内部资料，注意保密"

BRIEFING = Form(
    Outline(
        code="inspection.briefing",
        label="情况通报单",
        title="巡前情况通报单",
        mark="{{ 标记 }}",
        body=(
            Pairs(
                (
                    ("轮次", "{{ 轮次 }}"),
                    ("被巡察党组织", "{{ 党组织 }}"),
                    ("通报部门", "{{ 部门 }}"),
                    ("通报时间", "{{ 时间 }}"),
                )
            ),
            Heading("通报内容"),
            Each("内容", (Heading("{{ 项.事项 }}", level=2, when="项.事项"), "{{ 项.情况 }}")),
            Heading("附件"),
            Table("附件", (("序号", 14), ("名称", 142))),
            Pairs((("通报人", "{{ 通报人 }}"), ("通报人签字", ""), ("接收人签字", ""))),
        ),
    ),
    {
        "标记": MARK,
        "轮次": ROUND,
        "党组织": ORG,
        "部门": "纪委机关",
        "时间": DAY,
        "内容": [
            {"事项": "（一）信访举报和处置", "情况": "近三年收到反映该单位的信访举报6件，均已办结。"},
            {"事项": "（二）日常监督发现的倾向性问题", "情况": "备件采购验收手续不全的问题较为突出。"},
        ],
        "附件": [{"序号": "1", "名称": "信访举报情况统计表.xlsx"}],
        "通报人": "姜知远",
    },
)
_MEETING = (
    ("时间", "{{ 时间 }}"),
    ("地点", "{{ 地点 }}"),
    ("主持人", "{{ 主持人 }}"),
    ("参加人员", "巡察组全体成员，被巡察党组织领导班子成员、中层干部、职工代表"),
)
HOST = Form(
    Outline(
        code="inspection.entry_host",
        label="进驻动员会主持词",
        title="{{ 组别 }}进驻动员会主持词",
        body=(
            Pairs(_MEETING),
            "同志们：",
            "根据{{ 党委 }}部署，{{ 组别 }}自{{ 起 }}起对{{ 党组织 }}开展{{ 方式 }}巡察。今天召开进驻动员会，对配合做好巡察工作进行动员。会议有五项议程。",
            Heading("一、宣读巡察通知和授权决定"),
            "请{{ 组别 }}副组长{{ 副组长 }}宣读。",
            Heading("二、巡察组组长讲话"),
            "请组长{{ 组长 }}讲话。",
            Heading("三、党组织书记表态"),
            "请{{ 党组织 }}书记{{ 书记 }}表态。",
            Heading("四、民主测评和问卷"),
            "测评和问卷不记名，请独立填写，由巡察组当场收回。",
            Heading("五、公布联系方式"),
            "受理电话：{{ 电话 }}。意见箱和信箱：{{ 信箱 }}。受理到{{ 截止 }}。",
            "会后请按巡察组的要求提供资料、安排谈话，如实反映情况。散会。",
        ),
    ),
    {
        "组别": "第一巡察组",
        "时间": "2026年3月9日",
        "地点": "热轧厂二楼会议室",
        "主持人": "",
        "党委": PARTY,
        "起": "2026年3月9日",
        "党组织": ORG,
        "方式": "常规",
        "副组长": "孙立新",
        "组长": "郑守正",
        "书记": "李国栋",
        "电话": "0350-1234567，工作日8:00—18:00",
        "信箱": "热轧厂厂门口、职工食堂意见箱",
        "截止": "2026年4月13日",
    },
)
SPEECH = Form(
    Outline(
        code="inspection.entry_speech",
        label="进驻动员会讲话",
        title="在{{ 党组织 }}巡察进驻动员会上的讲话",
        body=(
            "（{{ 时间 }}　组长{{ 组长 }}）",
            "同志们：",
            "按照{{ 党委 }}统一部署，{{ 组别 }}于{{ 起 }}至{{ 止 }}对{{ 党组织 }}开展{{ 方式 }}巡察。下面讲三点意见。",
            Heading("一、提高认识，自觉接受监督"),
            "巡察是党章规定的重要制度，是对党组织的政治体检。请把接受巡察作为检验工作、改进工作的机会，正确对待，主动配合。",
            Heading("二、突出重点，准确了解情况"),
            "本次巡察重点了解{{ 框架 }}情况：",
            Each("重点", ("（{{ 项.序号 }}）{{ 项.内容 }}。",)),
            "巡察组听取汇报、个别谈话、受理信访、调阅资料、下沉了解，不干预正常工作，不查办案件，不处理具体问题，不作个人表态。",
            Heading("三、密切配合，遵守纪律"),
            "请如实提供情况和资料，不隐瞒、不歪曲，不干扰、不阻挠，不打击报复反映问题的人。巡察组严格执行回避、保密和廉洁规定，轻车简从，请大家监督。",
        ),
    ),
    {
        "党组织": ORG,
        "时间": "2026年3月9日",
        "组长": "郑守正",
        "党委": PARTY,
        "组别": "第一巡察组",
        "起": "2026年3月9日",
        "止": "2026年4月20日",
        "方式": "常规",
        "框架": "四个落实",
        "重点": [
            {"序号": "一", "内容": "党的路线方针政策和上级决策部署落实情况"},
            {"序号": "二", "内容": "全面从严治党责任落实情况"},
        ],
    },
)
TENS = "一二三四五六七八九十"


def han(number: int) -> str:
    """1 -> 一, 21 -> 二十一: for （一） before a paragraph; to ninety-nine."""
    tens, ones = divmod(number, 10)
    return f"{TENS[tens - 1] if tens > 1 else ''}{'十' if tens else ''}{TENS[ones - 1] if ones else ''}"


def briefing_facts(briefing: Briefing, by: Actor, at: datetime) -> dict[str, Any]:
    """The newest answer. Opening it is written down there."""
    told = open_briefing(briefing=briefing, by=by, at=at)[0]
    return {
        "标记": MARK,
        "轮次": briefing.task.round.name,
        "党组织": briefing.task.org.name,
        "部门": briefing.unit.name,
        "时间": day_words(told.answer.answered_on),
        "内容": [
            {"事项": f"（{han(n)}）{item}", "情况": text} for n, (item, text) in enumerate(told.pairs, 1)
        ],
        "附件": numbered({"名称": name} for _, name in told.files),
        "通报人": told.answer.answered_by.name if told.answer.answered_by else "",
    }


def _opening(task: Task, at: datetime) -> dict[str, Any]:
    given, meeting = getattr(task, "given", None), getattr(task, "entry_meeting", None)
    members = members_of(task.round).get(given.team_id, []) if given else []
    day = meeting.held_on if meeting else task.entered_on or task.from_day
    return {
        "党委": party_name(),
        "组别": str(given.team) if given else UNSAID,
        "党组织": task.org.name,
        "方式": task.get_mode_display(),
        "起": day_words(task.entered_on or task.from_day),
        "时间": day_words(day or local_day(at)),
        "组长": people_of(members, "leader") or UNSAID,
        "副组长": people_of(members, "deputy") or UNSAID,
    }


def host_facts(task: Task, at: datetime) -> dict[str, Any]:
    meeting, posted = getattr(task, "entry_meeting", None), getattr(task, "announcement", None)
    return _opening(task, at) | {
        "地点": meeting.place if meeting else "",
        "主持人": "",
        "书记": meeting.secretary.name if meeting else UNSAID,
        "电话": posted.phone if posted else UNSAID,
        "信箱": posted.mailbox if posted else UNSAID,
        "截止": day_words(posted.accepts_until) if posted else UNSAID,
    }


def speech_facts(task: Task, at: datetime) -> dict[str, Any]:
    focus = task.framework.items.order_by("order")
    return _opening(task, at) | {
        "止": day_words(task.left_on or task.to_day),
        "框架": str(task.framework),
        "重点": [{"序号": han(n), "内容": one.title.rstrip("。")} for n, one in enumerate(focus, 1)],
    }
