"""The thread as the page shows it: a sentence for every event, with its files side by side."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from bihuan.kernel.moment import CHINA
from bihuan.problems import states
from bihuan.problems.lists.looks import STEP_LOOKS
from bihuan.problems.models import Problem
from bihuan.problems.reads import Thread, ThreadRow
from bihuan.registry import shelf

from .amended import amended_label, amended_words
from .evidence import evidence_of

SHOWN_AT_FIRST = 5
ISO = re.compile(r"\d{4}-\d\d-\d\d")
_FOUND = {"relapse": "反弹", "paper_only": "纸面整改", "incomplete": "整改不彻底"}


def day_words(text: str) -> str:
    """An ISO day out of an event's data, as the page writes it."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{day.year}年{day.month}月{day.day}日"


def _assigned(data: dict, thread: Thread) -> list[str]:
    lead = thread.people.get(data.get("lead") or 0)
    return [
        f"责任单位{thread.units.get(data.get('unit'), '')}" if data.get("unit") else "",
        f"责任人{lead.name}" if lead else "责任人由责任单位定",
        f"期限 {day_words(data['due'])}" if data.get("due") else "",
        ISO.sub(lambda day: day_words(day[0]), data.get("why", "")),
    ]


def _reported(data: dict, thread: Thread) -> list[str]:
    said = [
        f"措施 {order} {percent}%"
        for order, percent in sorted((data.get("percents") or {}).items(), key=lambda p: int(p[0]))
    ]
    return ["、".join(said)] if said else [f"自报{dict(states.PROGRESS).get(data.get('progress'), '')}"]


def _reowned(data: dict, thread: Thread) -> list[str]:
    old, new = thread.people.get(data.get("old") or 0), thread.people.get(data.get("new") or 0)
    return [f"由{old.name}换为{new.name}" if old and new else f"换为{new.name}" if new else ""]


def _taken_over(data: dict, thread: Thread) -> list[str]:
    stated = f"原台账载明“{data['stated']}”" if data.get("stated") else "从原台账接管"
    on = f"，完成日期 {day_words(data['stated_closed_on'])}" if data.get("stated_closed_on") else ""
    return [f"{stated}{on}，未在本系统核验"]


def _amended(data: dict, thread: Thread) -> list[str]:
    """Field by field, what stood there and what stands there now; a restated end like a first one."""
    lead, unit = thread.people.get(data.get("new") or 0), thread.units.get(data.get("unit") or 0, "")
    said = {"lead": f"责任人 → {lead.name if lead else '（空）'}", "unit": f"责任单位 → {unit}"}
    lines = []
    for name, values in (data.get("changes") or {}).items():
        label = amended_label(name)
        pair = [amended_words(name, value) for value in values if not isinstance(value, list)]
        lines.append(
            said.get(name) or (f"{label} {pair[0]} → {pair[1]}" if len(pair) == 2 else f"{label}有改动")
        )
    return lines


def _raised(data: dict, thread: Thread) -> list[str]:
    source = shelf.sources().get(data.get("source", ""))
    return [f"来源 {source.label}" if source else ""]


_FACTS = {
    "raised": _raised,
    "assigned": _assigned,
    "reported": _reported,
    "reowned": _reowned,
    "taken_over": _taken_over,
    "restated": _taken_over,
    "amended": _amended,
    "accepted": lambda data, thread: [
        f"责任人{thread.people[data['lead']].name}" if data.get("lead") in thread.people else ""
    ],
    "planned": lambda data, thread: [f"{data.get('measures', 0)} 条措施"],
    "extension_asked": lambda data, thread: [
        f"由 {day_words(data.get('old', ''))}延至 {day_words(data.get('new', ''))}"
    ],
    "extension_decided": lambda data, thread: [
        f"延至 {day_words(data.get('new', ''))}，首次期限保留" if data.get("granted") else ""
    ],
    "transfer_asked": lambda data, thread: [f"移交给{thread.units.get(data.get('to_unit'), '')}"],
    "void_asked": lambda data, thread: [
        f"与 {data['duplicate_of']} 重复" if data.get("duplicate_of") else ""
    ],
    "reopened": lambda data, thread: [f"新发现的是 {data['repeat']}" if data.get("repeat") else ""],
}
_YES = {
    "extension_decided": ("granted", "准予延期", "不同意延期"),
    "transfer_decided": ("accepted", "接收移交", "不接收移交"),
    "voided": ("granted", "作废", "不同意作废"),
    "rechecked": ("passed", "回头看合格", "回头看不合格"),
}


def _note(code: str, data: dict) -> str:
    if code == "rejected":
        return f"第 {data['round'] - 1} 轮 → 第 {data['round']} 轮"
    if code == "closed" and data.get("on_time") is not None:
        return "按期" if data["on_time"] else "超过期限"
    if code == "rechecked" and data.get("found"):
        return _FOUND.get(data["found"], "")
    if code == "planned":
        return f"第 {data.get('plan', 1)} 次"
    return f"第 {data['round']} 轮" if data.get("round", 1) > 1 else ""


def who_words(row: ThreadRow, year: int) -> str:
    """段志远，热轧厂，11月18日 16:42; the year stands there when it is another one."""
    local = row.event.occurred_at.astimezone(CHINA)
    when = f"{local.month}月{local.day}日 {local:%H:%M}"
    when = when if local.year == year else f"{local.year}年{when}"
    unit = row.by.unit.shown if row.by and row.by.unit else ""
    name = row.by.name if row.by else "系统" if row.event.by_kind == "system" else "已注销的人员"
    return "，".join(part for part in (name, unit, when) if part)


def item_of(row: ThreadRow, problem: Problem, thread: Thread, year: int) -> dict[str, Any]:
    """One event for `ui/parts/thread.html`."""
    code, data = row.event.kind.removeprefix("problem."), row.event.data
    title, tone, icon = STEP_LOOKS.get(code, (row.event.kind, "calm", "point"))
    if code in _YES:
        key, yes, no = _YES[code]
        title, tone = (yes, tone) if data.get(key) else (no, "late")
    facts = [fact for fact in _FACTS.get(code, lambda data, thread: [])(data, thread) if fact]
    lines = ["，".join(facts), data.get("text") or data.get("reason") or ""]
    return {
        "key": f"e{row.event.seq}",
        "code": code,
        "title": title,
        "tone": tone,
        "icon": icon,
        "note": _note(code, data),
        "text": "\n".join(line for line in lines if line),
        "who": who_words(row, year),
        "late": row.event.late,
        **evidence_of(row, problem, thread.before),
        "day": row.event.occurred_at.astimezone(CHINA),
    }


def show_thread(
    problem: Problem, thread: Thread, day: date, only: str = "", *, whole: bool = False
) -> dict[str, Any]:
    """{items, folded, folded_words, only, count}. `only` is evidence or word: the filter of the panel; `whole`
    folds nothing, for paper."""
    items = [item_of(row, problem, thread, day.year) for row in thread.rows]
    count = len(items)
    if only == "evidence":
        items = [item for item in items if item["photos"] or item["files"]]
    elif only == "word":
        items = [item for item in items if item["code"] in ("commented", "reminded", "rejected", "returned")]
    fold = len(items) > SHOWN_AT_FIRST + 1 and not only and not whole
    first, rest = (items[:SHOWN_AT_FIRST], items[SHOWN_AT_FIRST:]) if fold else (items, [])
    words = "，".join(f"{item['title']} {item['day'].month}月{item['day'].day}日" for item in rest[:6])
    return {"items": first, "folded": rest, "folded_words": words, "only": only, "count": count}
