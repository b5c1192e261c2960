"""Forms of a whole round: its report, the summary of the special action, common problems told to all, the archive."""

from __future__ import annotations

from bihuan.areas.inspection.papers.planning import DAY, ORG, PARTY, ROUND
from bihuan.paper.form import Form
from bihuan.paper.official import Each, Heading, Outline, Pairs, Table

from .report import MARK, TEAM


def _sum(code: str, label: str, title: str) -> Form:
    outline = Outline(
        code=code,
        label=label,
        organ="{{ 党委 }}\n巡察工作领导小组办公室",
        mark="{{ 标记 }}",
        title=title,
        to="党委常委会",
        body=(
            "{{ 轮次 }}覆盖{{ 党组织数 }}个党组织，任务{{ 任务数 }}项，共驻{{ 天数 }}天，个别谈话{{ 谈话 }}人次，受理信访{{ 信访 }}件。反馈问题{{ 总数 }}件，已完成{{ 完成 }}件，基本完成{{ 基本完成 }}件，完成率{{ 完成率 }}（基本完成不计入）。",
            "{{ 正文 }}",
            ("听取", "本文件{{ 听取 }}。"),
        ),
        sign="{{ 党委 }}巡察工作领导小组办公室",
        day="{{ 日期 }}",
    )
    sample = {
        "党委": PARTY,
        "标记": MARK,
        "轮次": ROUND,
        "党组织数": "12",
        "任务数": "18",
        "天数": "486",
        "谈话": "512",
        "信访": "87",
        "总数": "217",
        "完成": "203",
        "基本完成": "6",
        "完成率": "93.55%",
        "正文": "安全投入、备件采购、制度执行三个方面的问题比较集中。",
        "听取": "于2026年7月10日经党委常委会会议纪要〔2026〕14号通过",
        "日期": DAY,
    }
    return Form(outline, sample)


ROUND_REPORT = _sum("outcome.round_report", "本轮巡察情况报告", "关于{{ 轮次 }}情况的报告")
SPECIAL_SUM = _sum("outcome.special_sum", "整改专项治理总结", "{{ 轮次 }}整改专项治理总结")
COMMON = Form(
    Outline(
        code="outcome.common",
        label="共性问题通报",
        organ="{{ 党委 }}\n巡察工作领导小组办公室",
        number="{{ 文号 }}",
        mark="{{ 标记 }}",
        title="关于{{ 轮次 }}发现共性问题的通报",
        to="各党组织，各部门",
        body=(
            "{{ 轮次 }}中发现的下列问题在多个党组织存在，现予通报。",
            Each(
                "问题",
                (
                    Heading("（{{ 项.序号 }}）{{ 项.名称 }}", level=2),
                    "{{ 项.内容 }}",
                    "涉及{{ 项.家数 }}个党组织，{{ 项.件数 }}件问题。",
                ),
            ),
            "请对照检查，举一反三，有同类问题的主动整改。",
        ),
        sign="{{ 党委 }}巡察工作领导小组办公室",
        day="{{ 日期 }}",
    ),
    {
        "党委": PARTY,
        "文号": "晋岭巡办〔2026〕12号",
        "标记": MARK,
        "轮次": ROUND,
        "问题": [
            {
                "序号": "一",
                "名称": "备件采购验收手续不全",
                "内容": "没有验收即办理入库，验收责任没有落实到人。",
                "家数": "5",
                "件数": "9",
            }
        ],
        "日期": DAY,
    },
)
ARCHIVE = Form(
    Outline(
        code="outcome.archive",
        label="归档目录",
        title="巡察资料归档目录",
        wide=True,
        body=(
            "{{ 轮次 }}　{{ 组别 }}　被巡察党组织：{{ 党组织 }}",
            Table(
                "卷内",
                (
                    ("序号", 14),
                    ("材料", 56),
                    ("份数", 18),
                    ("页数", 18),
                    ("知悉范围", 26),
                    ("存放位置", 55),
                    ("移交人", 20),
                    ("移交日期", 36),
                ),
            ),
            Pairs((("移交人签字", ""), ("接收人签字", ""), ("备注", ""))),
        ),
    ),
    {
        "轮次": ROUND,
        "组别": TEAM,
        "党组织": ORG,
        "卷内": [
            {
                "序号": "1",
                "材料": "巡察通知",
                "份数": "1",
                "页数": "2",
                "知悉范围": "内部",
                "存放位置": "档案室3柜2层",
                "移交人": "高文静",
                "移交日期": DAY,
            }
        ],
    },
)
