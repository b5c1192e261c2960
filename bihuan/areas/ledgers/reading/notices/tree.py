"""Paragraphs → a tree by their numbers. How a number is written makes siblings; what is new begins below."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from . import plain
from .blocks import BOX, Block, Par, Table
from .marks import BULLET, MANY, THUS, Head, choose, head_of_list, heads
from .words import is_heading

_RANKS = {
    "第一部分": 0, "第一章": 0, "第一篇": 0, "第一节": 1, "一、": 1, "一 ": 1, "第一，": 3, "（一）": 2, "一）": 2, "1.": 3,
    "1 ": 3, "问题1": 3, "（1）": 4, "1）": 4, "【1】": 4, "①": 5, "一是": 6, BULLET: 6, "A.": 5, "（A）": 5,
}  # fmt: skip
"""The order office papers use (GB/T 9704: 一、 （一） 1. （1）); only asked where a document breaks its own."""


@dataclass(eq=False)
class Node:
    """A numbered paragraph or an unnumbered heading, with what stands below it in reading order.

    `text` is without its number. `more` are unnumbered paragraphs that follow it, `tables` lists of problems below,
    `facts` are lines like 责任人：… that hold for all of them.
    """

    par: Par | None
    head: Head | None
    text: str
    parent: Node | None = None
    depth: int = 0
    children: list[Node] = field(default_factory=list)
    more: list[Par] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    facts: list[Par] = field(default_factory=list)
    ended: bool = False

    @property
    def heading(self) -> bool:
        return self.par is None or self.head is None or is_heading(self.text)

    def above(self) -> Iterator[Node]:
        """Its ancestors, the nearest first, without the document itself."""
        node = self.parent
        while node is not None and node.par is not None:
            yield node
            node = node.parent

    def walk(self) -> Iterator[Node]:
        for child in self.children:
            yield child
            yield from child.walk()


@dataclass(frozen=True)
class Aside:
    """A paragraph that is no problem, with what it is (see `plain.KINDS`)."""

    par: Par
    kind: str


@dataclass
class Tree:
    root: Node
    asides: list[Aside] = field(default_factory=list)

    def nodes(self) -> Iterator[Node]:
        return self.root.walk()


def grow(blocks: list[Block], asked: Mapping[str, str]) -> Tree:
    """`asked`: what a person decided about paragraphs, `12` or `12.2` → problem | not | more."""
    return _Grower(asked).grow(blocks)


def address(par: Par) -> str:
    return f"{par.no}.{par.piece}" if par.piece > 1 else str(par.no)


class _Grower:
    def __init__(self, asked: Mapping[str, str]) -> None:
        self.asked = asked
        self.tree = Tree(Node(None, None, ""))
        self.top = self.tree.root
        self.front = True
        self.named = 0
        self.introduced = False

    def grow(self, blocks: list[Block]) -> Tree:
        pars = [block for block in blocks if isinstance(block, Par)]
        numbers = iter(choose([self._options(par) for par in pars]))
        rest = len(pars)
        self.named = sum(1 for par in pars if plain.is_to(par.text) and len(plain.units_of_to(par.text)) == 1)
        for block in blocks:
            if isinstance(block, Table):
                self.top.tables.append(block)
                continue
            rest -= 1
            head = next(numbers)
            if plain.is_contents(block):
                self.tree.asides.append(Aside(block, plain.CONTENTS))
            elif head is not None:
                self._number(block, head)
            else:
                self._plain(block, rest)
        return self.tree

    def _options(self, par: Par) -> list[Head]:
        automatic = head_of_list(par)
        if par.style == "fact" or plain.is_contents(par) or self.asked.get(address(par)) == "more":
            return []
        if automatic is not None and automatic.look != BULLET:
            return [automatic]
        return heads(par.text) or ([automatic] if automatic else [])

    def _number(self, par: Par, head: Head) -> None:
        text = par.text[head.length :].strip() if head.length else par.text
        node = Node(par, head, text)
        if not text:
            self.tree.asides.append(Aside(par, plain.EMPTY))
            return
        self.front = False
        self._hang(node, self._parent(node, head))

    def _hang(self, node: Node, parent: Node) -> None:
        node.parent, node.depth = parent, parent.depth + 1
        parent.children.append(node)
        self.top = node

    def _stack(self) -> list[Node]:
        """From the innermost open node to the root."""
        found = [self.top]
        while (up := found[-1].parent) is not None:
            found.append(up)
        return found

    def _parent(self, node: Node, head: Head) -> Node:
        stack = [n for n in self._stack() if n.par is not None]
        root = self.tree.root
        if head.family:
            same = [n for n in stack if n.head and n.head.family == head.family]
            level = next((n for n in same if n.head and n.head.depth == head.depth), None)
            if level is not None:
                return level.parent or root
            higher = next((n for n in same if n.head and n.head.depth < head.depth), None)
            if higher is not None:
                return higher
            if same:
                return same[-1].parent or root
        alike = [
            n for n in stack if n.head and n.head.look == head.look and (not head.family or not n.head.family)
        ]
        if alike:
            return self._beside(node, head, alike)
        if head.path:
            for n in stack:
                stem = head.path[:-1]
                if n.head and (n.head.path or (n.head.number,)) == stem:
                    return n
        return self._below(node, head, stack)

    def _beside(self, node: Node, head: Head, alike: list[Node]) -> Node:
        """Next in a row. The same look may stand on two levels: `1、热轧厂：` with 1、2、 of its own."""
        root = self.tree.root
        inner = alike[0]
        if (
            head.number == 1
            and inner.heading
            and inner is self.top
            and head.look != BULLET
            and not inner.more
        ):
            return inner
        following = [n for n in alike if n.head and n.head.number + 1 == head.number]
        if len(following) > 1:
            return (following[-1] if is_heading(node.text) else following[0]).parent or root
        return (following[0] if following else inner).parent or root

    def _below(self, node: Node, head: Head, stack: list[Node]) -> Node:
        """A look not open yet begins a level below, unless by its rank it belongs above what is no heading."""
        rank = _RANKS.get(head.look.split("/")[0], 3 if head.look != MANY else 4)
        for n in stack:
            above = _RANKS.get(n.head.look.split("/")[0], 3) if n.head else -1
            if n.heading or above < rank or head.look in (THUS, BULLET):
                return n
        return self.tree.root

    def _plain(self, par: Par, rest: int) -> None:
        wish = self.asked.get(address(par))
        kind = plain.kind_of(par, front=self.front, last=rest < 4, inside=not self.top.heading)
        self.introduced = self.introduced or kind == plain.INTRO
        if kind == plain.TO and (self.introduced or self.named > 1) and len(plain.units_of_to(par.text)) == 1:
            kind = plain.HEADING
        if wish == "more" and self.top.par is not None:
            self.top.more.append(par)
        elif wish == "problem":
            open_ = next((n for n in self._stack() if n.heading), self.tree.root)
            self._hang(Node(par, None, par.text), open_)
            self.top.ended = True
        elif wish == "not":
            self.tree.asides.append(Aside(par, plain.TOLD))
        elif kind == plain.HEADING:
            self.front = False
            self._heading(par)
        elif (
            kind == plain.MORE and self.top.par is not None and not self.top.ended and not self._is_note(par)
        ):
            self.top.more.append(par)
        else:
            if kind == plain.FACT:
                self.top.facts.append(par)
            if kind in plain.CLOSING and self.top.par is not None and not self.top.heading:
                self.top.ended = True
            self.tree.asides.append(Aside(par, plain.TEXT if kind == plain.MORE else kind))

    def _is_note(self, par: Par) -> bool:
        """A text box without a number beside a problem of the body is a remark on the page."""
        return par.place.startswith(BOX) and self.top.par is not None and self.top.par.place != par.place

    def _heading(self, par: Par) -> None:
        """An unnumbered heading closes the problems above it, and headings of its own kind."""
        for n in self._stack():
            if n.par is None or (n.head is None and _weight(n.par) < _weight(par)):
                break
            if 0 <= n.par.outline < par.outline:
                break
            if n.head is not None and n.heading and par.outline < 0 and not plain.is_attachment(par.text):
                break
        else:
            n = self.tree.root
        self._hang(Node(par, None, par.text.strip().rstrip("：:")), n)


def _weight(par: Par) -> int:
    """Heading styles by their level, then what only looks like one."""
    if plain.is_attachment(par.text):
        return -1
    return par.outline if par.outline >= 0 else 10
