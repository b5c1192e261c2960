"""Sentences that become data: kept with a problem, so they stand in one place."""

from __future__ import annotations

from collections.abc import Iterable
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
    "problem.repeat_confirmed": "认定为重复，请查清原因再整改",
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


#: what two problems that look alike have in common besides their words, as the reason says it
AGREES = {
    "unit": "同单位",
    "plant": "同厂另一单位",
    "place": "同地点",
    "equipment": "同设备",
    "category": "同类别",
}


def why_alike(agrees: Iterable[str], shared: Iterable[str], percent: int, past: str) -> str:
    """同单位·同地点；相同的词：护栏、缺失；相似度 87%；上次销号 2026年9月3日"""
    said = "、".join(shared)
    parts = (
        "·".join(AGREES[word] for word in agrees),
        f"相同的词：{said}" if said else "",
        f"相似度 {percent}%",
        past,
    )
    return "；".join(part for part in parts if part)


def past_of(closed: date | None, is_open: bool, stated: bool) -> str:
    """How the earlier one ended."""
    if is_open:
        return "还没有销号"
    day = f"{closed.year}年{closed.month}月{closed.day}日" if closed else ""
    return f"台账载明 {day}销号" if stated and day else "台账载明已销号" if stated else f"上次销号 {day}"


#: keys of this room's events, for the audit trail
DATA_WORDS = {
    "letter": "文号",
    "step": "步骤",
    "days": "逾期天数",
    "ended": "作废缘由",
    "docx": "Word 文件指纹",
    "pdf": "PDF 文件指纹",
    "kind": "种类",
    "month": "月份",
    "seed": "种子",
    "share": "比例",
    "pool": "名单",
    "pool_sha256": "名单指纹",
    "pool_size": "应抽范围",
    "drawn": "抽中",
    "unassigned": "没有合适的人",
    "draw": "抽查",
    "assignee": "回头看的人",
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
    "like": "相像的问题号",
    "verdict": "认定",
    "same": "重复发生",
    "spread": "举一反三不到位",
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
    "conflict": "有冲突",
    "gone": "这一版没有",
    "amended": "更新件数",
}

ACCOUNTABILITY = "accountability"
#: what a step of the letter series means where its rule pack does not say more
LETTERS: dict[str, dict] = {
    "reminder": {
        "label": "提醒", "day_type": "working_days", "to": "owner", "copy": ["supervisor"],
        "colour": "", "title": "整改提醒函", "word": "提醒", "release": False,
    },
    "supervision": {
        "label": "督办", "day_type": "working_days", "to": "head", "copy": ["owner", "supervisor"],
        "colour": "yellow", "title": "整改督办函", "word": "督办", "release": False,
    },
    "warning": {
        "label": "预警", "day_type": "working_days", "to": "head", "copy": ["owner", "leader", "supervisor"],
        "colour": "orange", "title": "整改预警函", "word": "预警", "release": True,
    },
    ACCOUNTABILITY: {
        "label": "问责", "day_type": "working_days", "to": "leader", "copy": ["head", "supervisor"],
        "colour": "red", "title": "整改问责建议书", "word": "问责", "release": True,
    },
}  # fmt: skip
OTHER_LETTER: dict = {
    "day_type": "working_days", "to": "head", "copy": ["supervisor"], "colour": "", "release": False,
}  # fmt: skip
LETTER_ROLES = {"owner": "责任人", "head": "单位负责人", "leader": "分管领导", "supervisor": "督办部门"}
LETTER_COLOURS = {"": "", "blue": "蓝", "yellow": "黄", "orange": "橙", "red": "红"}


def letter_title(label: str) -> str:
    return f"整改{label}函"


def letter_number(word: str, year: int, number: int) -> str:
    """督办〔2026〕17号: hexagonal brackets, no leading zeros (GB/T 9704-2012, 7.2.5)."""
    return f"{word}〔{year}〕{number}号"


def letter_told(title: str, number: str, unit: str, todo: str) -> str:
    """The line of a notice about one letter; one that is not released has no number yet."""
    return f"{f'{title} {number}'.strip()}，{unit}，{todo}"


def letters_told(count: int, todo: str) -> str:
    return f"{count} 份督办函件，{todo}"


LETTER_EVENTS = {
    "letter.made": "生成督办函件",
    "letter.issued": "发出督办函件",
    "letter.received": "签收督办函件",
    "letter.cancelled": "督办函件作废",
    "letter.printed": "督办函件成文",
    "paper.made": "生成材料",
    "lookback.drawn": "回头看抽查",
    "lookback.assigned": "派人回头看",
}
TO_SIGN, TO_READ, TO_RELEASE = "请签收", "抄送给你", "待签发"
LETTER_STALE = {
    "owner": "责任人变动，原函作废，向新责任人另发",
    "date": "准予延期，按新期限计",
    "unit": "责任单位变动，原函作废",
    "closed": "问题已销号，不再催办",
    "voided": "问题已作废",
    "round": "进入新一轮整改，按新一轮计",
}


def lookback_told(count: int, due: date) -> str:
    return f"回头看抽查：{count} 件请你去看，{due.month}月{due.day}日前看完"


def lookback_nobody(count: int) -> str:
    return f"回头看抽查：{count} 件没有找到没参加过的人，请指定"


def lookback_of(number: str) -> str:
    return f"{number} 回头看"
