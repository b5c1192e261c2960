"""What a template of each paper of the loop may ask for."""

from __future__ import annotations

from bihuan.paper.form import Form

from .outlines import CLOSING, NOTICE, OUTLINES

_COMMON = (
    "发文机关", "责任单位", "责任人", "督办部门", "问题编号", "问题表述", "地点", "依据", "整改要求", "等级", "整改类型",
    "整改进度", "来源", "期限", "首次期限", "日期",
)  # fmt: skip
_LETTER = (
    "文种", "文号", "颜色", "主送", "抄送", "逾期", "天数", "此前函件", "签收人", "签收时间", "签收意见",
)  # fmt: skip
_CLOSING = ("整改措施", "整改情况", "申请人", "申请时间", "佐证", "核验意见", "核验人", "销号时间")


def _names(code: str) -> tuple[str, ...]:
    if code == CLOSING.code:
        return (*_COMMON, *_CLOSING)
    return _COMMON if code == NOTICE.code else (*_COMMON, *_LETTER)


#: a name stands for itself in a sample: the facts of these are plain texts
FORMS = tuple(
    Form(outline, {name: f"〔{name}〕" for name in _names(code)}) for code, outline in OUTLINES.items()
)
