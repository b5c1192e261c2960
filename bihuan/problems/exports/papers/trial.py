"""What a template may ask for, and a trial of one somebody hands in."""

from __future__ import annotations

from bihuan.kernel.refused import Invalid
from bihuan.paper import docx

from .outlines import CLOSING, NOTICE

_COMMON = (
    "发文机关", "责任单位", "责任人", "督办部门", "问题编号", "问题表述", "地点", "依据", "整改要求", "等级", "整改类型",
    "整改进度", "来源", "期限", "首次期限", "日期",
)  # fmt: skip
_LETTER = (
    "文种", "文号", "颜色", "主送", "抄送", "逾期", "天数", "此前函件", "签收人", "签收时间", "签收意见",
)  # fmt: skip
_CLOSING = ("整改措施", "整改情况", "申请人", "申请时间", "佐证", "核验意见", "核验人", "销号时间")


def fields_of(kind: str) -> tuple[str, ...]:
    """The names that stand for a fact in this kind of paper."""
    if kind == CLOSING.code:
        return (*_COMMON, *_CLOSING)
    return _COMMON if kind == NOTICE.code else (*_COMMON, *_LETTER)


def check_template(kind: str, content: bytes) -> None:
    """Fill it once with the names themselves. Raises Invalid for what could not be filled later either."""
    facts = {name: f"〔{name}〕" for name in fields_of(kind)}
    made = docx.fill(content, facts)
    if not any(docx.says(made, mark) for mark in facts.values()):
        raise Invalid("模板里一个字段也没有", "至少写上 {{ 问题编号 }}，字段名照本页列出的写", field="file")
