"""Sentences that become data: kept with a problem, so they stand in one place."""

from __future__ import annotations

from datetime import date

FROM_ASSIGNMENT, FROM_REOPENING = "下达", "重新打开"
GIVEN_ON_ASSIGNMENT = "下达时指定"
GIVEN_ON_REOPENING = "重新打开时指定"
LONG_TERM = "长期坚持，按阶段目标检查"
UNIT_MERGED = "单位合并，问题随单位转入"
FROM_LEDGER = "原台账载明"


def by_rule(start: str, amount: str, pack: object, due: date, latest: date) -> str:
    """Where a deadline comes from, for the panel 期限是怎么来的."""
    later = f"，逢休息日，最迟 {latest:%Y-%m-%d}" if latest != due else ""
    return f"{start}之日起 {amount}{later}（{pack}）"


def extended(new: date, times: int) -> str:
    return f"准予延期至 {new:%Y-%m-%d}（第 {times} 次）"


#: What a person reads in their notices: a verb for them, no content. The key is the event's kind, or its
#: kind with the answer it gave.
TOLD = {
    "problem.amended.in": "台账改由你负责",
    "problem.raised": "新登记，待下达",
    "problem.assigned": "下达给你，待认领",
    "problem.taken_over": "随台账导入，待认领",
    "problem.planned": "方案报来，待审",
    "problem.returned": "方案退回，改后再报",
    "problem.approved": "方案已批，按方案整改",
    "problem.submitted": "申请销号，待核验",
    "problem.fixed_now": "当场整改完，待核验",
    "problem.rejected": "退回整改，补齐后再申请销号",
    "problem.closed": "已销号",
    "problem.reopened": "反弹，重新整改",
    "problem.rechecked": "回头看不合格，重新整改",
    "problem.extension_asked": "申请延期，待批",
    "problem.extension_decided.yes": "延期已准",
    "problem.extension_decided.no": "延期未准，按原期限办",
    "problem.transfer_asked": "申请移交给你单位，待答复",
    "problem.transfer_decided.yes": "对方已接收移交",
    "problem.transfer_decided.no": "对方没有接收移交，仍由你单位整改",
    "problem.transfer_decided.in": "移交来的问题，待认领",
    "problem.reowned.in": "换由你负责",
    "problem.reowned.out": "已换责任人，不再由你负责",
    "problem.void_asked": "申请作废，待批",
    "problem.voided.yes": "已作废",
    "problem.voided.no": "作废未准，照常整改",
    "problem.reminded": "催办，请尽快办",
    "problem.commented": "有新意见",
    "problem.guarantees_recorded": "重大隐患决定停产停用",
}


def told(what: str, number: str, unit: str) -> str:
    """The line of a notice: may leave the house by mail, so it names the number and the unit only."""
    return f"{what}：{number}，{unit}"


def told_many(count: int) -> str:
    """The line of an import's notice, where one person gets several."""
    return f"随台账导入，有 {count} 件由你负责，待认领"


def excerpt(statement: str, secrecy: str) -> str:
    """What a notice shows of a problem inside the product: nothing where only few may know."""
    return "" if secrecy == "restricted" else " ".join(statement.split())[:120]


def remind_text(clock: str, number: str, unit: str, whose: str) -> str:
    """`whose` is empty for the owner; to others it says why they hear of it."""
    return f"{clock}：{number}，{unit}{f'，{whose}' if whose else ''}"


OF_YOUR_UNIT, YOU_SUPERVISE = "你单位的问题", "你督办的问题"

HANDED_OVER = "工作交接"

ENDED_BY_CLOSING, ENDED_BY_VOIDING = "问题已销号，申请失效", "问题已作废，申请失效"
ENDED_BY_TRANSFER = "已移交，原单位的方案不再审"


def measure_of(number: str, order: int) -> str:
    """Named wherever work is handed over, also to people who may not know what the problem is about."""
    return f"{number} 第 {order} 条措施"


#: keys of this room's events, for the audit trail
DATA_WORDS = {
    "from": "从",
    "to": "到",
    "round": "轮次",
    "number": "编号",
    "source": "来源",
    "text": "说明",
    "why": "由来",
    "due": "期限",
    "files": "文件",
    "unit": "单位号",
    "lead": "责任人号",
    "old": "原来",
    "new": "现在",
    "stated": "台账载明",
    "stated_closed_on": "台账载明完成日期",
    "on_time": "按期",
    "passed": "通过",
    "found": "发现",
    "granted": "准予",
    "accepted": "接收",
    "plan": "第几次方案",
    "measures": "措施条数",
    "percents": "完成比例",
    "progress": "进度",
    "layout": "版式",
    "query": "条件",
    "sha256": "内容指纹",
    "counts": "各结论行数",
    "taken": "导入件数",
    "file": "文件",
    "size": "字节数",
    "all": "共",
    "ok": "可导入",
    "guessed": "有推断",
    "fix": "要处理",
    "skip": "不导入",
    "present": "已有",
    "statement": "问题表述",
    "place": "地点",
    "equipment": "设备",
    "basis": "依据",
    "category": "类别",
    "grade": "等级",
    "demand": "整改要求",
    "cause": "原因分析",
    "goal": "整改目标",
    "timing": "整改类型",
    "found_on": "发现日期",
    "found_by_name": "发现人",
    "unit_text": "责任单位（原文）",
    "lead_text": "责任人（原文）",
    "supervisor": "督办部门",
    "due_on": "期限",
    "assisting": "配合单位",
    "changes": "改了什么",
    "changed": "有变化",
    "conflict": "两边都改过",
    "gone": "这一版没有",
    "amended": "更新件数",
}
