"""Which numbered paragraphs are problems: the leaves of the tree, where nothing says that they are something else."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from . import plain
from .blocks import Par, Table
from .marks import BULLET
from .totals import claims_in
from .tree import Aside, Node, Tree
from .words import (
    ABOUT,
    DEMAND,
    PRAISE,
    PROBLEMS,
    asks,
    clearly_bad,
    faults,
    is_heading,
    praises,
    section_of,
    unit_of_heading,
)

_NONE = re.compile(
    r"(?:本次|此次)?(?:检查)?(?:未发现|没有发现|暂未发现|无)(?:新的|其他|明显|重大)?(?:问题|隐患|异常|违章|不符合)?(?:项)?。?|无|/|暂无"
)
_SEE = re.compile(r"(?:见|详见|如)(?:下|附|后|上)(?:表|件|文|图)|附(?:表|件)")
_FIELDS = re.compile(r"责任(?:单位|部门|人)|整改(?:期限|时限)|完成时限|期限|扣\s*\d|考核\s*\d")


@dataclass
class Item:
    """One problem of the text. `why` says what makes it only likely that it is one; `folded` are numbered
    paragraphs below that were taken into it because the stated total counts it as one.
    """

    node: Node
    par: Par
    text: str
    label: str
    why: str = ""
    more: list[Par] = field(default_factory=list)
    folded: list[Node] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)


@dataclass
class Judged:
    items: list[Item] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)


def judge(tree: Tree, asked: dict[str, str]) -> Judged:
    judged = Judged(asides=list(tree.asides))
    _judge_below(tree.root, judged, asked)
    judged.items.sort(key=lambda item: (item.par.no, item.par.piece))
    return judged


def kind_above(node: Node) -> str:
    """What the nearest heading that announces anything announces."""
    return next((kind for up in node.above() if (kind := section_of(up.text))), "")


def _judge_below(node: Node, judged: Judged, asked: dict[str, str]) -> None:
    for child in node.children:
        assert child.par is not None
        wish = asked.get(_address(child.par), "")
        if child.children and wish != "problem":
            judged.asides.append(Aside(child.par, plain.HEADING))
            _beneath_heading(child, judged, asked, quiet=True)
            _judge_below(child, judged, asked)
        else:
            _leaf(child, judged, asked, wish)


def _address(par: Par) -> str:
    return f"{par.no}.{par.piece}" if par.piece > 1 else str(par.no)


def _leaf(node: Node, judged: Judged, asked: dict[str, str], wish: str) -> None:
    assert node.par is not None
    role, why = _role(node)
    if wish:
        role, why = ("problem" if wish == "problem" else plain.TOLD), ""
    if role == "problem":
        judged.items.append(
            Item(
                node,
                node.par,
                node.text,
                node.head.label if node.head else "",
                why,
                list(node.more),
                list(node.children),
                list(node.tables),
            )
        )
        return
    judged.asides.append(Aside(node.par, role))
    _beneath_heading(node, judged, asked, quiet=role != plain.HEADING)


def _role(node: Node) -> tuple[str, str]:
    """(problem or the kind of aside, why it is only likely)."""
    text = node.text
    if _NONE.fullmatch(text.strip()):
        return "none", ""
    inner, above = section_of(text) if is_heading(text) else "", kind_above(node)
    if node.head is None or (inner in (DEMAND, PRAISE, ABOUT) and not _FIELDS.search(text)):
        return (plain.HEADING if node.head is None or (inner == ABOUT and node.more) else _of(inner)), ""
    if set_aside := _by_lead(node):
        return set_aside, ""
    if above in (DEMAND, PRAISE, ABOUT):
        return _of(above), ""
    if is_heading(text) and not _short_problem(node):
        return plain.HEADING, ""
    if node.tables and len(text) <= 24 and (_SEE.search(text) or not faults(text)):
        return plain.HEADING, ""
    if claims_in(text, 0) and not clearly_bad(text):
        return "about", ""
    if praises(text):
        return plain.PRAISE, ""
    if above != PROBLEMS and asks(text) and not _FIELDS.search(text):
        return plain.DEMAND, ""
    if above == PROBLEMS or faults(text) or _FIELDS.search(text):
        why = "用的是项目符号，没有编号" if node.head.look == BULLET else ""
        return "problem", why or ("像标题，又和问题并列，按问题读" if is_heading(text) else "")
    if any(unit_of_heading(up.text) for up in node.above()) or _among_problems(node):
        return "problem", "看不出明显的问题词，请核对是不是问题"
    return plain.VAGUE, ""


def _among_problems(node: Node) -> bool:
    """Whether at least half of what stands beside it finds fault."""
    beside = [n for n in (node.parent.children if node.parent else ()) if n is not node and not n.children]
    return bool(beside) and sum(1 for n in beside if faults(n.text) and not asks(n.text)) * 2 >= len(beside)


def _by_lead(node: Node) -> str:
    """`（四）整改建议。请各单位…` announces by its first words; what is listed below 附件： are names of annexes."""
    text = node.text
    lead = re.split(r"[。：:]", text, maxsplit=1)[0]
    if lead != text.strip("。：: ") and len(lead) <= 12 and section_of(lead) in (DEMAND, PRAISE, ABOUT):
        return _of(section_of(lead))
    annex = any(up.par is not None and plain.is_attachment(up.par.text) for up in node.above())
    return plain.ATTACH if annex and not faults(text) else ""


def _of(section: str) -> str:
    return {DEMAND: plain.DEMAND, PRAISE: plain.PRAISE, ABOUT: "about"}[section]


def _short_problem(node: Node) -> bool:
    """`4.地面油污问题` among problems is one of them, though it is as short as a heading."""
    if node.more or node.tables or node.children or unit_of_heading(node.text) or _SEE.search(node.text):
        return False
    if node.text.rstrip().endswith(("：", ":")) or node.parent is None:
        return False
    beside = [
        n
        for n in node.parent.children
        if n is not node and n.head and node.head and n.head.look == node.head.look
    ]
    return any(not n.children and not is_heading(n.text) for n in beside)


def _says_something(text: str) -> bool:
    plain_text = text.strip()
    return len(plain_text) >= 8 and not plain_text.endswith(("：", ":", "）", ")"))


def _beneath_heading(node: Node, judged: Judged, asked: dict[str, str], *, quiet: bool) -> None:
    """Unnumbered paragraphs below a heading: problems where nothing numbered follows and they find fault."""
    kind = section_of(node.text) or kind_above(node)
    for par in node.more:
        wish = asked.get(_address(par), "")
        fault = (
            not quiet
            and kind in ("", PROBLEMS)
            and (faults(par.text) or (kind == PROBLEMS and _says_something(par.text)))
            and not asks(par.text)
            and not praises(par.text)
        )
        counts = re.search(r"(?:共|发现|查出|存在).{0,12}\d+\s*[个项条处]", par.text)
        if wish == "problem" or (fault and not counts and not wish):
            judged.items.append(
                Item(node, par, par.text, "", "" if wish else "没有编号，像是一个问题，请核对")
            )
        else:
            aside = (
                plain.TOLD
                if wish
                else plain.DEMAND
                if kind == DEMAND
                else plain.PRAISE
                if kind == PRAISE
                else plain.INTRO
            )
            judged.asides.append(Aside(par, aside))


def fold_to(judged: Judged, stated: int) -> int:
    """Where the leaves are too many and a level above is exactly the stated total: that level is the problems.

    Only sentences that find fault themselves can take in what stands below them. Returns how many did.
    """
    by_parent: dict[int, list[Item]] = {}
    for item in judged.items:
        parent = item.node.parent
        if (
            parent is not None
            and parent.par is not None
            and parent.head is not None
            and item.node.par is item.par
        ):
            by_parent.setdefault(id(parent), []).append(item)
    groups = [
        items for items in by_parent.values()
        if (p := items[0].node.parent) is not None and len(items) == len(p.children) and not is_heading(p.text) and faults(p.text)
        and not unit_of_heading(p.text)
    ]  # fmt: skip
    spare = len(judged.items) - stated
    if not groups or spare <= 0 or sum(len(items) - 1 for items in groups) != spare:
        return 0
    for items in groups:
        parent = items[0].node.parent
        assert parent is not None and parent.par is not None and parent.head is not None
        why = f"文中写共 {stated} 项，下面的 {len(items)} 小项并入这一条"
        whole = Item(
            parent,
            parent.par,
            parent.text,
            parent.head.label,
            why,
            list(parent.more),
            [i.node for i in items],
        )
        judged.items = [item for item in judged.items if item not in items] + [whole]
        judged.asides = [aside for aside in judged.asides if aside.par is not parent.par]
    judged.items.sort(key=lambda item: (item.par.no, item.par.piece))
    return len(groups)
