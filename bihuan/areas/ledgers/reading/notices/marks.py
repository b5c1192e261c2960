"""The number at the head of a paragraph: 一、（一） 1. 1） （1） ① 第一条 问题1： 一是 — typed by hand or set by Word.

A look is how a number is written; paragraphs of one look below each other are siblings. `1.2` may be chapter 1.2,
number 1 before `2台…`, or the start of `1.2米`: what is unclear is decided by the numbers before and behind.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bihuan.kernel.text import half_width

from .blocks import Par
from .numerals import value_of

_CN = "[一二三四五六七八九十百〇零]{1,4}"
_STOP = r"[、.,:]"
_ARABIC = r"(?P<n>\d{1,3}|1[0-8]\d\d)"
"""Not 2026, which is a year."""
BULLET, THUS, MANY = "●", "一是", "1.1"
_THINGS = re.compile(
    r"\d{1,4}\s*(?:[号台份处个名人项条根块盏具套座#楼层道面只支把扇辆件次炉线期家户笔张起本页篇类部批组班架艘节段口孔颗桶箱瓶罐袋包]|[-~、至]\d|月\d|年)"
)
_AHEAD = 300
"""How many paragraphs behind may prove that a number is one."""


@dataclass(frozen=True)
class Head:
    """`look` tells ways of numbering apart, `number` counts within it (0 for bullets), `length` is what it takes up
    of the text. `weak`: only a number if its neighbours are; `counted`: what follows is a count of things (1.3份…), so
    that the number cannot be a decimal. `family` and `depth` are set for automatic lists.
    """

    look: str
    number: int
    length: int
    label: str
    weak: bool = False
    counted: bool = False
    path: tuple[int, ...] = ()
    family: str = ""
    depth: int = -1


_RULES: tuple[tuple[str, bool, re.Pattern[str]], ...] = tuple(
    (look, weak, re.compile(pattern))
    for look, weak, pattern in (
        ("第一部分", False, rf"第\s*(?P<n>{_CN}|\d{{1,3}})\s*(?P<w>部分|篇|章|节|条|项|款|类)[、.,:\s]*"),
        ("第一，", False, rf"第(?P<n>{_CN})[,、:]"),
        (
            "问题1",
            False,
            rf"(?P<w>(?:存在|主要|检查|发现)*(?:问题|隐患|不符合项?|不合格项?|缺陷|整改项|事项|违章))"
            rf"\s*\(?\s*(?P<n>\d{{1,3}}|{_CN})\s*\)?\s*(?:[、.,:]|\s|$)",
        ),
        ("一是", False, r"(?P<n>[一二三四五六七八九十]{1,2})是(?=[\u4e00-\u9fff“《])"),
        ("（一）", False, rf"[(\[【〔]\s*(?P<n>{_CN})\s*[)\]】〕]{_STOP}?"),
        ("（一）", False, r"(?P<n>[\u3220-\u3229])[、.,]?"),
        ("一）", False, rf"(?P<n>{_CN})\)[、.,]?"),
        ("一、", False, rf"(?P<n>{_CN})\s*(?:、|[.,:](?!\d))"),
        ("一 ", True, rf"(?P<n>{_CN})\s+(?=\S)"),
        ("（1）", False, r"[(]\s*(?P<n>\d{1,3})\s*[)][、.,:]?"),
        ("（1）", False, r"(?P<n>[\u2474-\u2487])[、.,]?"),
        ("【1】", False, r"[\[【〔]\s*(?P<n>\d{1,3})\s*[\]】〕][、.,:]?"),
        ("1）", False, r"(?P<n>\d{1,3})\s*[)][、.,:]?"),
        ("①", False, r"(?P<n>[\u2460-\u2473\u3251-\u325f\u32b1-\u32bf\u2776-\u277f])[、.,]?"),
        ("1.", False, r"(?P<n>[\u2488-\u249b])[、.,]?"),
        ("1.", False, rf"{_ARABIC}\s*[、](?!\s*\d+\s*[#号])"),
        ("1.", False, rf"{_ARABIC}\s*[.,:](?!\d)"),
        ("1.", True, rf"{_ARABIC}\s*(?:[.](?=\d)|、)"),
        (MANY, True, r"(?P<p>\d{1,2}(?:\.\d{1,2}){1,3})(?:[、.]|(?=\D)|$)"),
        (
            "1 ",
            True,
            r"(?P<n>\d{1,3})(?:\s+|(?=[\u4e00-\u9fff]))(?![年月日号%个项条处台次天元分#时点米吨度级人])(?=\S)",
        ),
        ("no1", False, r"(?:no|№)\s*[.:]?\s*(?P<n>\d{1,3})[、.,:]?"),
        ("Ⅰ", False, r"(?P<n>[\u2160-\u216b\u2170-\u217b])[、.,)]?"),
        ("A.", True, r"(?P<n>[a-z])\s*[、.)](?![a-z\d、])"),
        ("（A）", True, r"[(]\s*(?P<n>[a-z])\s*[)]"),
        (BULLET, False, r"(?P<b>[●•·◆◇■□▪▲△★☆►➢➤✓√\uf06c\uf06e\uf0d8\uf0b7]|[-–*](?=\s)|—(?!—))"),
    )
)


def heads(text: str) -> list[Head]:
    """Every way to read a number at the start of a text; the likeliest first."""
    plain = half_width(text).lower()
    lead = len(plain) - len(plain.lstrip())
    plain = plain[lead:]
    found: list[Head] = []
    for look, weak, rule in _RULES:
        match = rule.match(plain)
        if match is None or any(h.look == look for h in found):
            continue
        end = match.end() + len(plain[match.end() :]) - len(plain[match.end() :].lstrip())
        parts = match.groupdict()
        label = text[lead : lead + match.end()].strip()
        if "b" in parts:
            found.append(Head(look, 0, lead + end, label))
        elif "p" in parts:
            path = tuple(int(part) for part in parts["p"].split("."))
            spaced = plain[match.end() : match.end() + 1].isspace() or match.group().endswith(("、", "."))
            found.append(Head(f"{MANY}/{len(path)}", path[-1], lead + end, label, not spaced, False, path))
        elif number := value_of(parts["n"]):
            name = f"第一{parts['w']}" if look == "第一部分" else look
            counted = weak and look == "1." and _THINGS.match(plain[end:]) is not None
            found.append(Head(name, number, lead + end, label, weak, counted))
    return found


def head_of_list(par: Par) -> Head | None:
    """The automatic number of a paragraph."""
    if par.mark is None:
        return None
    read = heads(par.mark.label + " ")
    look = read[0].look if read else f"auto {par.mark.depth}"
    number, path = (read[0].number, read[0].path) if read else (0, ())
    return Head(look, number, 0, par.mark.label, False, False, path, par.mark.family, par.mark.depth)


def choose(options: Sequence[Sequence[Head]]) -> list[Head | None]:
    """One reading per paragraph. `options`: for each paragraph what `heads` found, or the one automatic number."""
    chosen: list[Head | None] = []
    for at, found in enumerate(options):
        behind = options[at + 1 : at + 1 + _AHEAD] if any(head.weak or head.path for head in found) else ()
        chosen.append(next((head for head in found if _holds(head, found, chosen, behind)), None))
    return chosen


def _holds(
    head: Head, rivals: Sequence[Head], before: list[Head | None], behind: Sequence[Sequence[Head]]
) -> bool:
    if not head.weak and not (head.path and any(other.look == "1." for other in rivals)):
        return True
    if head.path:
        return _many_holds(head, before, behind)
    many = next((other for other in rivals if other.path), None)
    if many is not None and _many_holds(many, before, behind):
        return False
    if head.counted:
        return True
    last = next((h.number for h in reversed(before) if h is not None and h.look == head.look), 0)
    if head.number == last + 1 and last:
        return True
    follows = any(h.look == head.look and h.number == head.number + 1 for found in behind for h in found)
    return follows and head.number == 1


def _many_holds(head: Head, before: list[Head | None], behind: Sequence[Sequence[Head]]) -> bool:
    """1.2 is a chapter when 1.1 stands before, or as 1.1 when 1.2 follows or 1 has just been opened as one."""
    *stem, last = head.path
    if last > 1:
        return any(h is not None and h.path == (*stem, last - 1) for h in before)
    following = (*stem, last + 1)
    if any(h.path == following for found in behind for h in found):
        return True
    opened = next((h for h in reversed(before) if h is not None), None)
    return not head.weak and opened is not None and (opened.path or (opened.number,)) == tuple(stem)
