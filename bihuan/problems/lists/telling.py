"""What an event of a problem says, in words: one telling for the page, for programs and for papers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bihuan.org.models import Person
from bihuan.problems import states
from bihuan.problems.models import Problem
from bihuan.record.models import Event
from bihuan.registry import shelf

from .amended import amended_label, amended_words
from .looks import STEP_LOOKS

ISO = re.compile(r"\d{4}-\d\d-\d\d")
_FOUND = {"relapse": "反弹", "paper_only": "纸面整改", "incomplete": "整改不彻底"}


@dataclass(frozen=True, slots=True)
class Named:
    """People and units by the ids that stand in events' data; other problems by id or number, as far as the reader
    may see them."""

    people: Mapping[int, Person]
    units: Mapping[int, str]
    others: Mapping[int | str, Problem] = field(default_factory=dict)


def day_words(text: str) -> str:
    """An ISO day out of an event's data, as the page writes it."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{day.year}年{day.month}月{day.day}日"


def _assigned(data: dict, who: Named) -> list[str]:
    lead = who.people.get(data.get("lead") or 0)
    return [
        f"责任单位{who.units.get(data.get('unit'), '')}" if data.get("unit") else "",
        f"责任人{lead.name}" if lead else "责任人由责任单位定",
        f"期限 {day_words(data['due'])}" if data.get("due") else "",
        ISO.sub(lambda day: day_words(day[0]), data.get("why", "")),
    ]


def _reported(data: dict, who: Named) -> list[str]:
    said = [
        f"措施 {order} {percent}%"
        for order, percent in sorted((data.get("percents") or {}).items(), key=lambda p: int(p[0]))
    ]
    return ["、".join(said)] if said else [f"自报{dict(states.PROGRESS).get(data.get('progress'), '')}"]


def _reowned(data: dict, who: Named) -> list[str]:
    old, new = who.people.get(data.get("old") or 0), who.people.get(data.get("new") or 0)
    return [f"由{old.name}换为{new.name}" if old and new else f"换为{new.name}" if new else ""]


def _taken_over(data: dict, who: Named) -> list[str]:
    stated = f"原台账载明“{data['stated']}”" if data.get("stated") else "从原台账接管"
    on = f"，完成日期 {day_words(data['stated_closed_on'])}" if data.get("stated_closed_on") else ""
    return [f"{stated}{on}，未在本系统核验"]


def _amended(data: dict, who: Named) -> list[str]:
    """Field by field, what stood there and what stands there now; a restated end like a first one."""
    lead, unit = who.people.get(data.get("new") or 0), who.units.get(data.get("unit") or 0, "")
    said = {"lead": f"责任人 → {lead.name if lead else '（空）'}", "unit": f"责任单位 → {unit}"}
    lines = []
    for name, values in (data.get("changes") or {}).items():
        label = amended_label(name)
        pair = [amended_words(name, value) for value in values if not isinstance(value, list)]
        lines.append(
            said.get(name) or (f"{label} {pair[0]} → {pair[1]}" if len(pair) == 2 else f"{label}有改动")
        )
    return lines


def _raised(data: dict, who: Named) -> list[str]:
    source = shelf.sources().get(data.get("source", ""))
    return [f"来源 {source.label}" if source else ""]


def _other(data: dict, who: Named, key: str, known: str, unknown: str) -> str:
    """Names another problem only to those who may see it."""
    if not data.get(key):
        return ""
    other = who.others.get(data[key])
    return known.format(other.number) if other else unknown


_REPEATS = {"same": "重复发生，整改不彻底", "spread": "举一反三不到位"}
_FACTS = {
    "raised": _raised,
    "assigned": _assigned,
    "reported": _reported,
    "reowned": _reowned,
    "taken_over": _taken_over,
    "restated": _taken_over,
    "amended": _amended,
    "accepted": lambda data, who: [
        f"责任人{who.people[data['lead']].name}" if data.get("lead") in who.people else ""
    ],
    "planned": lambda data, who: [f"{data.get('measures', 0)} 条措施"],
    "extension_asked": lambda data, who: [
        f"由 {day_words(data.get('old', ''))}延至 {day_words(data.get('new', ''))}"
    ],
    "extension_decided": lambda data, who: [
        f"延至 {day_words(data.get('new', ''))}，首次期限保留" if data.get("granted") else ""
    ],
    "transfer_asked": lambda data, who: [f"移交给{who.units.get(data.get('to_unit'), '')}"],
    "void_asked": lambda data, who: [_other(data, who, "duplicate_of", "与 {} 重复", "与另一件重复")],
    "reopened": lambda data, who: [_other(data, who, "repeat", "新发现的是 {}", "有新发现的一件")],
    "repeat_confirmed": lambda data, who: [
        _REPEATS.get(data.get("verdict", ""), ""),
        _other(data, who, "like", "与 {} 相同", "与另一件相同"),
    ],
    "repeat_refused": lambda data, who: [_other(data, who, "like", "与 {} 是两件事", "与另一件是两件事")],
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


@dataclass(frozen=True, slots=True)
class Told:
    """One event in words: what was done, how it looks, a note beside it, and what was said."""

    code: str
    title: str
    tone: str
    icon: str
    note: str
    text: str


def told_of(event: Event, who: Named) -> Told:
    code, data = event.kind.removeprefix("problem."), event.data
    title, tone, icon = STEP_LOOKS.get(code, (event.kind, "calm", "point"))
    if code in _YES:
        key, yes, no = _YES[code]
        title, tone = (yes, tone) if data.get(key) else (no, "late")
    facts = [fact for fact in _FACTS.get(code, lambda data, who: [])(data, who) if fact]
    lines = ["，".join(facts), data.get("text") or data.get("reason") or ""]
    return Told(code, title, tone, icon, _note(code, data), "\n".join(line for line in lines if line))
