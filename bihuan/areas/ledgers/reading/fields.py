"""The fields a column of a ledger can be. Codes are data: saved mappings and `import --json` carry them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Field:
    """`kind` says how a cell is read (see cells.py) and what a column's contents must look like (see content.py).

    `many`: several columns may be this field (responsible units by role: 建设、设计、施工、监理).
    """

    code: str
    label: str
    kind: str
    many: bool = False


FIELDS: dict[str, Field] = {
    f.code: f
    for f in (
        Field("seq_no", "原表序号", "seq"),
        Field("origin_no", "原表编号", "code"),
        Field("source_name", "检查名称（来源）", "short"),
        Field("found_at", "发现日期", "date"),
        Field("shift", "班次", "short"),
        Field("found_by", "检查人", "people"),
        Field("found_unit", "检查单位", "unit"),
        Field("unit", "责任单位", "unit", many=True),
        Field("assist_units", "配合单位", "unit"),
        Field("supervise_unit", "督办部门", "unit"),
        Field("person", "责任人", "people"),
        Field("leader", "责任领导", "people"),
        Field("assist_people", "配合人员", "people"),
        Field("project", "项目", "short"),
        Field("place", "地点", "short"),
        Field("equipment", "设备", "short"),
        Field("check_item", "检查项", "text"),
        Field("statement", "问题表述", "statement"),
        Field("basis", "依据", "text"),
        Field("category", "类别", "class"),
        Field("grade", "等级", "grade"),
        Field("cause", "原因分析", "text"),
        Field("demand", "整改要求", "text"),
        Field("measure", "整改措施", "text"),
        Field("result_standard", "整改目标", "text"),
        Field("due", "整改期限", "due"),
        Field("timing", "整改类型", "timing"),
        Field("progress", "整改进度", "progress"),
        Field("progress_text", "整改情况", "text"),
        Field("done_at", "完成日期", "date"),
        Field("closed_state", "销号情况", "closed"),
        Field("verifier", "验收人", "people"),
        Field("verified_at", "验收日期", "date"),
        Field("deduction", "扣分考核", "text"),
        Field("amount", "金额", "number"),
        Field("remark", "备注", "text"),
    )
}

KEPT = ""
"""The field of a column that is none of these: its cells stay with the problem as they are (原样保留)."""


def label_of(code: str) -> str:
    return FIELDS[code].label if code in FIELDS else "原样保留"
