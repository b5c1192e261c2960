"""Forms of clues: the report on them, and the letter with which one is handed over. What is made of them is kept closed."""

from __future__ import annotations

from bihuan.areas.inspection.papers.planning import DAY, ORG, PARTY, ROUND
from bihuan.paper.form import Form
from bihuan.paper.official import Each, Heading, Outline, Table

from .daily import TEAM

MARK = "工作秘密，专人办理"
CLUES = Form(
    Outline(
        code="onsite.clues",
        label="问题线索报告",
        organ="{{ 党委 }}\n{{ 组别 }}",
        mark="{{ 标记 }}",
        title="关于巡察{{ 党组织 }}发现问题线索的报告",
        to="{{ 主送 }}",
        body=(
            "{{ 组别 }}在巡察{{ 党组织 }}期间发现问题线索{{ 件数 }}件，报告如下。",
            Each(
                "线索",
                (
                    Heading("（{{ 项.序号 }}）{{ 项.编号 }}（{{ 项.程度 }}）", level=2),
                    "反映对象：{{ 项.对象 }}。职务：{{ 项.职务 }}。干部管理权限：{{ 项.权限 }}。",
                    "主要情况：{{ 项.情况 }}",
                    "来源：{{ 项.来源 }}。随附材料：{{ 项.材料 }}。",
                ),
            ),
        ),
        sign="{{ 组别 }}",
        day="{{ 日期 }}",
    ),
    {
        "党委": PARTY,
        "组别": TEAM,
        "标记": MARK,
        "党组织": ORG,
        "主送": "巡察工作领导小组组长",
        "件数": "1",
        "线索": [
            {
                "序号": "一",
                "程度": "重要",
                "编号": "线索001",
                "对象": "某甲",
                "职务": "设备室主任",
                "权限": "厂党委",
                "情况": "涉嫌在备件采购中收受供应商礼金。",
                "来源": "来信",
                "材料": "信访003",
            }
        ],
        "日期": DAY,
    },
)
HAND_OVER = Form(
    Outline(
        code="onsite.hand_over",
        label="问题线索移交函",
        organ="{{ 党委 }}\n巡察工作领导小组办公室",
        number="{{ 文号 }}",
        mark="{{ 标记 }}",
        title="关于移交问题线索的函",
        to="{{ 主送 }}",
        body=(
            "按照规定，现将{{ 轮次 }}在{{ 党组织 }}发现的问题线索{{ 件数 }}件移交你单位，请按职责权限办理。",
            Table(
                "清单",
                (("序号", 14), ("编号", 24), ("反映对象", 34), ("主要情况", 58), ("随附材料", 26)),
            ),
            "请于{{ 期限 }}前反馈办理情况。线索由专人办理，注意保密。",
        ),
        sign="{{ 党委 }}巡察工作领导小组办公室",
        day="{{ 日期 }}",
        slip=(("接收人", "{{ 接收人 }}"), ("接收时间", "{{ 接收时间 }}")),
    ),
    {
        "党委": PARTY,
        "文号": "晋岭巡移〔2026〕4号",
        "标记": MARK,
        "主送": "纪检机构",
        "轮次": ROUND,
        "党组织": ORG,
        "件数": "1",
        "清单": [
            {
                "序号": "1",
                "编号": "线索001",
                "反映对象": "某甲，设备室主任",
                "主要情况": "涉嫌在备件采购中收受供应商礼金。",
                "随附材料": "信访003",
            }
        ],
        "期限": "2026年8月1日",
        "接收人": "",
        "接收时间": "",
        "日期": DAY,
    },
)
