"""What the headings above a problem say for it: unit, class, place, and what is written once for all below."""

from __future__ import annotations

import re

from bihuan.kernel.text import half_width

from .deadlines import common_due
from .pieces import take_apart
from .plain import label_in
from .tree import Node
from .words import class_of_heading, is_unit, section_of, unit_of_heading

_EACH = re.compile(
    r"每(?:项|处|条|个|次)(?:问题)?[^，。；\d]{0,6}(?:扣|考核|罚)[^，。；\d]{0,6}\d+(?:\.\d+)?\s*(?:分|元)"
)
_PLACE = re.compile(
    r".*(?:区域|现场|作业面|泵房|通廊|平台|地沟|油库|配电室|电气室|操作室|控制室|高炉|转炉|加热炉|烧结机|料场|堆场|仓库|库房|煤气柜|[原成]料跨|变电站|水处理站|空压站)"
)
_FIELDS = ("unit", "person", "leader", "due", "deduction", "supervise_unit", "found_at")


def said_by(node: Node) -> dict[str, tuple[str, str]]:
    """field → (words, why they are only likely), from one heading and the lines below it."""
    found: dict[str, tuple[str, str]] = {}
    text = node.text
    for code, words in take_apart(text).said.items():
        if code in _FIELDS:
            found.setdefault(code, (words, ""))
    if unit := unit_of_heading(text):
        found.setdefault("unit", (unit, ""))
    lines = [par.text for par in (*node.facts, *node.more)]
    for line in lines:
        code, words = label_in(line)
        if code in _FIELDS and words:
            for key, value in take_apart(line).said.items():
                found.setdefault(key, (value, ""))
    for line in (text, *lines):
        if words := common_due(line):
            found.setdefault("due", (words, f"这一条没有写期限，取标题“{short(text)}”下统一要求的“{words}”"))
        if match := _EACH.search(half_width(line)):
            found.setdefault("deduction", (match.group(), f"标题“{short(text)}”下统一写的“{match.group()}”"))
    return found


def kind_of(node: Node) -> tuple[str, str]:
    """("category" or "place", words) of a heading that names neither a unit nor the problems in general."""
    text = re.sub(r"[（(][^（）()]*[)）]\s*[：:]?$", "", node.text.strip()).strip("：: ")
    text = re.sub(r"^[^：:]{2,16}[：:]\s*", "", text) if unit_of_heading(text.split("：")[0]) else text
    if section_of(text) or unit_of_heading(text):
        return "", ""
    name = class_of_heading(text)
    for at in range(len(name) - 2, 1, -1):
        if is_unit(name[:at]) and re.search(r"(?:厂|公司|车间|作业区|作业部|矿)$", name[:at]):
            name = name[at:].lstrip("的、，： ")
            break
    if len(name) < 2 or re.match(r"其[他它]|各|有关", name):
        return "", ""
    classed = re.search(r"(?:类|方面|专业|领域)(?:存在)?(?:的)?(?:主要)?(?:问题|隐患)?$", text)
    return ("place" if _PLACE.fullmatch(name) and not classed else "category"), name


def short(text: str) -> str:
    return text if len(text) <= 16 else f"{text[:15]}…"
