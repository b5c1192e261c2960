"""What an official paper consists of (公文格式), before it becomes Word or PDF.

Every text of an outline is a template: `{{ 责任单位 }}` stands for a fact. The same outline makes the Word
template an office can replace and the PDF, so both say the same.
Source of the measures: GB/T 9704-2012 党政机关公文格式 (A4, margins 37/35/28/26 mm, 22 lines of 28 pt, body 仿宋
three, title 小标宋 two, page numbers — 1 —).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import StrictUndefined, TemplateSyntaxError, UndefinedError, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from bihuan.kernel.refused import Invalid

Facts = Mapping[str, Any]
#: what a Word file cannot hold, and what breaks a line; whoever pasted it never sees it
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_BREAK = re.compile(r"[ \t\u3000]*(?:\r\n|\r|\n|\u2028|\u2029|\x85)\s*")
#: the name in the library's sentence about something undefined
_NAMED = re.compile(r"'([^']+)'")


@dataclass(frozen=True, slots=True)
class Png:
    """A fact that is a picture: its bytes, and how wide it stands on the paper in millimetres."""

    data: bytes
    mm: int = 40


@dataclass(frozen=True, slots=True)
class Heading:
    """一、 (level 1) or （一） (level 2); only where the fact named by `when` is not empty, if one is named."""

    text: str
    level: int = 1
    when: str = ""


@dataclass(frozen=True, slots=True)
class Pairs:
    """A table of (label, text), as a form has them. A text that stays empty is filled in by hand."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a line for every row of a fact that is a list. A column is (head, width in mm) and shows what the
    row has under its head: `{{ 行.党组织 }}`. Its head is repeated on each page."""

    rows: str
    columns: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Each:
    """Paragraphs that are repeated for every row of a fact that is a list: `{{ 项.表述 }}`, when="项.重点"."""

    rows: str
    parts: tuple[str | tuple[str, str] | Heading, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """Where a fact that is a `Png` stands, centred. Without one the place is not kept."""

    name: str


Part = str | tuple[str, str] | Heading | Pairs | Table | Each | Picture
#: what a row is called in a template: in a table, and in repeated paragraphs
ROW, ITEM = "行", "项"


@dataclass(frozen=True, slots=True)
class Outline:
    """One kind of paper. `rows` are a table of (label, text); `slip` is what is filled in by hand or later.

    A paragraph (label, text) of `body` appears only where the fact named by the label is not empty; a plain
    text always does. `organ` is the red head; a form for inside use has none, nor anybody it is addressed to.
    `wide` turns the sheet, for a table of many columns; `tight` sets it smaller, for what hangs on a board and should
    be one page. A line break in `organ` makes a head of two lines.
    """

    code: str
    label: str
    title: str
    body: tuple[Part, ...]
    organ: str = ""
    to: str = ""
    sign: str = ""
    day: str = ""
    number: str = ""
    mark: str = ""
    rows: tuple[tuple[str, str], ...] = ()
    copies: str = ""
    slip: tuple[tuple[str, str], ...] = ()
    wide: bool = False
    tight: bool = False

    @property
    def low(self) -> bool:
        """The margins of an official paper are for one: a form that nobody signs at its end has smaller ones."""
        return self.wide or self.tight or not (self.organ or self.sign)


#: names of facts, and whether there is one. A sandbox keeps a template from reaching out, not from counting to ten
#: thousand millions: where it can only go once through a list it was handed, and compute nothing, filling takes as
#: long as the template and its lists are.
_SAID = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.If, nodes.CondExpr, nodes.Const, nodes.Not,
    nodes.And, nodes.Or, nodes.Compare, nodes.Operand, nodes.For, nodes.Getattr,
)  # fmt: skip
#: characters that all repeated pieces of one template may have together; a table row has some five thousand
MOST_REPEATED = 200_000


def _is_plain(loop: nodes.For) -> bool:
    """`for 行 in 任务`: one name over one fact, nothing within it is repeated again."""
    return (
        isinstance(loop.target, nodes.Name)
        and isinstance(loop.iter, nodes.Name)
        and loop.test is None
        and not loop.else_
        and not loop.recursive
        and not any(True for piece in loop.body for _ in _loops(piece))
    )


def _loops(piece: nodes.Node) -> list[nodes.For]:
    return [*([piece] if isinstance(piece, nodes.For) else []), *piece.find_all(nodes.For)]


class FieldsOnly(ImmutableSandboxedEnvironment):
    """Templates come from people: nothing in them may reach further than the facts handed in, nor run for long."""

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        if not all(isinstance(node, _SAID) for node in tree.find_all(nodes.Node)):
            raise SecurityError("a template names facts")
        loops = list(tree.find_all(nodes.For))
        rows = {loop.target.name for loop in loops if _is_plain(loop)}
        reached = (one.node for one in tree.find_all(nodes.Getattr))
        if not all(map(_is_plain, loops)) or not all(getattr(one, "name", "") in rows for one in reached):
            raise SecurityError("a template goes once through a list, and reaches into its rows only")
        if (
            sum(len(text.data) for loop in loops for text in loop.find_all(nodes.TemplateData))
            > MOST_REPEATED
        ):
            raise SecurityError("too much is repeated")
        return tree


@cache
def environment(*, escaped: bool = True) -> ImmutableSandboxedEnvironment:
    """For templates of people. Not escaped is for text that whoever shows it will escape."""
    return FieldsOnly(autoescape=escaped, undefined=StrictUndefined)


def say(text: str, facts: Facts) -> str:
    """One text with its facts, not escaped. Raises Invalid for a template that cannot be filled."""
    if ITEM in facts:  # repeated text: the sandbox lets a template reach into rows alone, so here is one
        text, facts = f"{{% for {ITEM} in _rows %}}{text}{{% endfor %}}", {**facts, "_rows": [facts[ITEM]]}
    try:
        return environment(escaped=False).from_string(text).render(**facts)
    except Exception as trouble:
        raise fault(trouble) from None


def fault(trouble: Exception) -> Invalid:
    """What is wrong with a template, in a sentence for whoever wrote it."""
    if isinstance(trouble, UndefinedError):
        named = _NAMED.findall(trouble.message or "")
        return Invalid(
            f"模板里有不认识的字段：{named[-1] if named else trouble.message}",
            "字段名照文书模板页列出的写",
            field="file",
        )
    if isinstance(trouble, TemplateSyntaxError):
        return Invalid(
            f"模板里的字段写得不对：{trouble.message}", "花括号要成对，例如 {{ 责任单位 }}", field="file"
        )
    if isinstance(trouble, SecurityError):
        return Invalid(
            "模板里有不允许的写法", "只写字段名，例如 {{ 责任单位 }}；表格的行照原模板那样重复", field="file"
        )
    return Invalid(f"模板填不进去：{type(trouble).__name__}", "从系统里下载原模板，在它上面改", field="file")


def tidied(facts: Facts) -> dict[str, Any]:
    """The facts as they may stand on a paper: no unseen characters, one line break between two paragraphs."""
    return {name: _tidy(fact) for name, fact in facts.items()}


def _tidy(fact: Any) -> Any:
    if isinstance(fact, str):
        return _BREAK.sub("\n", _UNSEEN.sub("", fact)).strip("\n")
    if isinstance(fact, Mapping):
        return tidied(fact)
    return [_tidy(row) for row in fact] if isinstance(fact, list | tuple) else fact


#: a column of at most so many millimetres holds numbers or a word, and is centred
NARROW = 20
#: what stands where a list has no rows
NOTHING = "（无）"
