"""The paper that a pack holds of each problem: what was demanded, what was done, step by step."""

from __future__ import annotations

from bihuan.paper.form import Form
from bihuan.paper.official import Heading, Outline, Pairs, Table

THREAD = Form(
    Outline(
        code="outcome.pack_thread",
        label="佐证包：问题办理过程",
        title="巡察反馈问题办理过程",
        body=(
            Pairs(
                (
                    ("编号", "{{ 编号 }}"),
                    ("问题", "{{ 问题 }}"),
                    ("责任单位", "{{ 责任单位 }}"),
                    ("整改期限", "{{ 期限 }}"),
                    ("现在的环节", "{{ 环节 }}"),
                    ("销号", "{{ 销号 }}"),
                )
            ),
            Heading("一、整改措施"),
            Table("措施", (("序号", 14), ("整改措施", 62), ("结果标准", 50), ("完成时限", 30))),
            Heading("二、办理过程"),
            Table("过程", (("时间", 30), ("环节", 24), ("经办", 36), ("内容", 66))),
        ),
        day="{{ 日期 }}",
    ),
    {
        "编号": "XC-RZ-202606-003",
        "问题": "备件采购验收手续不全",
        "责任单位": "热轧厂",
        "期限": "2026年12月15日",
        "环节": "已销号",
        "销号": "2026年9月20日，按期",
        "措施": [
            {
                "序号": "1", "整改措施": "修订验收办法，指定验收人", "结果标准": "办法 1 份，验收率 100%",
                "完成时限": "2026年9月10日",
            }
        ],
        "过程": [
            {
                "时间": "2026年9月18日 15:20", "环节": "申请销号", "经办": "牛晓东，热轧厂",
                "内容": "验收单 42 份齐全",
            }
        ],
        "日期": "2026年11月20日",
    },
)  # fmt: skip
