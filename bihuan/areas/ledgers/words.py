"""Every word and sentence of an import that is not a label of a model or a refusal."""

from __future__ import annotations

from typing import Any

#: verdict of a row in the dry run: word, tone, icon; those to look at first
VERDICTS = {
    "fix": ("要处理", "late", "alert-circle"),
    "conflict": ("有冲突", "soon", "git-merge"),
    "changed": ("有变化", "busy", "pencil"),
    "guessed": ("有推断", "busy", "wand"),
    "present": ("已有", "calm", "copy"),
    "skip": ("不导入", "calm", "minus"),
    "ok": ("可导入", "good", "circle-check"),
}
#: what became of a row once the import was carried out
OUTCOMES = {
    "taken": ("已导入", "good", "circle-check"),
    "updated": ("已更新", "good", "pencil"),
    "present": ("已有", "calm", "copy"),
    "left": ("未导入", "soon", "alert-circle"),
}
#: the one fix of a row, by the code of what is wrong
FIXES = {
    "several_units": "选单位",
    "unknown_unit": "选单位",
    "beyond_reach": "选单位",
    "several_people": "选人",
    "unknown_person": "选人",
    "no_statement": "补表述",
    "bad_date": "改日期",
}
CHANGE, LOOK = "改", "看"
ALL_READ = "各列都读得出"
NOT_CHANGED = "和上一版一样"
SAME_ROW = "和已导入的一行相同，不重复导入"
NOT_MAPPED = "不对应，原样留存"
TOTAL_ROW = "合计行，没有当作问题"
NO_UNIT = "无单位"
KINDS = {"units": "单位", "people": "人"}

#: under which the whole paragraph of a notice is kept with its problem
ORIGINAL = "原文"
#: paragraphs of a notice that a person may call a problem, and one that goes on with the problem above
MAY_BE_PROBLEM = frozenset(
    (
        "intro",
        "text",
        "vague",
        "demand",
        "praise",
        "note",
        "about",
        "heading",
        "more",
        "none",
        "told",
        "attach",
        "empty",
    )
)
MAY_GO_ON = frozenset(("intro", "text", "demand", "praise", "note", "told"))
QUIET = frozenset(("title", "number", "to", "heading", "sign", "fact", "attach", "copy"))
MORE_OF = "接第 {} 条"
IS_PROBLEM, IS_NOT, GOES_ON, AS_READ = "算作问题", "不是问题", "接上一条", "按机器读的"
DECIDED = {"problem": "按人工决定算作问题", "not": "按人工决定不当作问题", "more": "按人工决定接上一条"}
#: fields shown below a problem of a notice, with the codes their findings stand under
CHIPS = (
    ("unit", "责任单位", ("unit",)),
    ("person", "责任人", ("person",)),
    ("due", "期限", ("due", "timing", "due_text")),
    ("deduction", "扣分", ("deduction",)),
    ("category", "类别", ("category",)),
)
NO_UNIT_YET = "没有写"
TIMINGS = {"immediate": "立行立改", "long_term": "长期坚持"}
AGREES, DIFFERS, UNKNOWN = "相符", "不符", "未写明"
IN_ALL = "全文"


JOINT = "、"
#: what a notice says once for all: name in the layout, label
FACTS = (
    ("title", "标题"), ("number", "文号"), ("to", "主送"), ("checked", "检查时间"), ("signer", "落款"),
    ("day", "期限起算"), ("due", "统一期限"),
)  # fmt: skip


def counted_from(day: str, why: str) -> str:
    return f"{day}（{why}）"


def stated_in(no: int, words: str) -> str:
    return f"第 {no} 段“{words}”"


#: names under which further words of a row stay with its problem
GRADE_RAW, UNIT_ROLES, ASSIST_RAW = "等级（原文）", "责任单位分列", "配合单位（原文）"
RAW = {"closed_raw": "销号情况", "progress_raw": "整改进度"}


def whole(label: str) -> str:
    return f"{label}（全文）"


def data_rows(count: int, first: int, last: int) -> str:
    return f"共 {count} 行数据（{first}–{last} 行）"


def gone_home(name: str, home: str) -> str:
    return f"“{name}”归到{home}，原文保留"


def works_elsewhere(person: str, own: str, row: str) -> str:
    return f"{person}在{own}，这一行是{row}，像是同名或写错，请核对"


def as_last_time(filename: str) -> str:
    return f"按上次的对应（《{filename}》）"


def not_loaded(why: str) -> str:
    return f"没有导成，一行也没有写入：{why}。改好以后再导入"


def not_read(why: str) -> str:
    return f"识别没有办成：{why}；重新上传一次"


def origin_title(filename: str, sheet: str, row: int) -> str:
    """Where a problem stands in the ledger it came with."""
    return f"{filename} {sheet} 第 {row} 行"


def of_row(filename: str, sheet: str, row: int) -> str:
    return f"按《{filename}》{sheet} 第 {row} 行"


def gone_from(filename: str, reason: str) -> str:
    return f"《{filename}》不再列这一件：{reason}"


def newer_version(filename: str, source: str) -> str:
    return f"和《{filename}》是同一本台账，来源沿用“{source}”"


NOTHING, NEW_ROWS = "（空）", "新增"


def arrow(label: str, old: str, new: str) -> str:
    """One change in a line: long words are cut, the page of the row has them whole."""
    was, now = (" ".join((text or NOTHING).split()) for text in (old, new))
    return f"{label} {was[:24]}{'…' if len(was) > 24 else ''} → {now[:24]}{'…' if len(now) > 24 else ''}"


def several(said: list[str], shown: int = 2) -> str:
    """The first of them in one line, and how many more there are."""
    more = f"，另 {len(said) - shown} 处" if len(said) > shown else ""
    return "；".join(said[:shown]) + more


def annex_joined(name: str, joint: Any) -> str:
    """How the second file met the first, for the notes of the layout."""
    key, other = "、".join(joint.ledger_key), "、".join(joint.annex_key)
    by = f"“{key}”" if key == other else f"“{key}”和附表的“{other}”"
    rest = f"，对不上的 {len(joint.loose)} 行没有并入" if joint.loose else ""
    several = f"，其中 {joint.several} 件有多条" if joint.several else ""
    return f"附表《{name}》按{by}对上 {joint.met}/{joint.lines} 行，并入 {joint.one + joint.several} 件问题{several}{rest}"


def annex_apart(name: str) -> str:
    return f"附表《{name}》和台账没有一列对得上，没有并入；两份都要有同一个编号，或问题的原话"


def annex_unreadable(name: str, why: str) -> str:
    return f"附表《{name}》没有并入：{why or '里面没有行'}"


def outcome_said(change: str, taken: bool, why: str) -> str:
    """One change with what became of it, for the report."""
    return f"{change}（已改）" if taken else f"{change}（没有改{f'：{why}' if why else ''}）"


def gone_said(reason: str) -> str:
    return f"这一版没有，留着照常办{f'；原因：{reason}' if reason else ''}"
