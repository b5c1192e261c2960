"""What an official paper consists of (公文格式), before it becomes Word or PDF.

Every text of an outline is a template: `{{ 责任单位 }}` stands for a fact. The same outline makes the Word
template an office can replace and the PDF, so both say the same.
Source of the measures: GB/T 9704-2012 党政机关公文格式 (A4, margins 37/35/28/26 mm, 22 lines of 28 pt, body 仿宋
three, title 小标宋 two, page numbers — 1 —).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import StrictUndefined, TemplateSyntaxError, UndefinedError, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from bihuan.kernel.refused import Invalid

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Outline:
    """One kind of paper. `rows` are a table of (label, text); `slip` is what is filled in by hand or later.

    A paragraph (label, text) of `body` appears only where the fact named by the label is not empty; a plain
    text always does. `organ` is the red head.
    """

    code: str
    label: str
    organ: str
    title: str
    to: str
    body: tuple[str | tuple[str, str], ...]
    sign: str
    day: str
    number: str = ""
    mark: str = ""
    rows: tuple[tuple[str, str], ...] = ()
    copies: str = ""
    slip: tuple[tuple[str, str], ...] = ()

    def texts(self) -> list[str]:
        """Every template text of it, for a check of what it asks for."""
        body = [one if isinstance(one, str) else one[1] for one in self.body]
        pairs = [text for _, text in (*self.rows, *self.slip)]
        return [
            self.organ,
            self.title,
            self.to,
            self.sign,
            self.day,
            self.number,
            self.mark,
            self.copies,
            *body,
            *pairs,
        ]


#: names of facts, and whether there is one. A sandbox keeps a template from reaching out, not from counting to ten
#: thousand millions: where it cannot repeat and cannot compute, filling takes as long as the template is.
_SAID = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.If, nodes.CondExpr, nodes.Const, nodes.Not,
    nodes.And, nodes.Or, nodes.Compare, nodes.Operand,
)  # fmt: skip


class FieldsOnly(ImmutableSandboxedEnvironment):
    """Templates come from people: nothing in them may reach further than the facts handed in, nor run for long."""

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        if not all(isinstance(node, _SAID) for node in tree.find_all(nodes.Node)):
            raise SecurityError("a template names facts")
        return tree


@cache
def environment(*, escaped: bool = True) -> ImmutableSandboxedEnvironment:
    """For templates of people. Not escaped is for text that whoever shows it will escape."""
    return FieldsOnly(autoescape=escaped, undefined=StrictUndefined)


def say(text: str, facts: Facts) -> str:
    """One text with its facts, not escaped. Raises Invalid for a template that cannot be filled."""
    try:
        return environment(escaped=False).from_string(text).render(**facts)
    except Exception as trouble:
        raise fault(trouble) from None


def fault(trouble: Exception) -> Invalid:
    """What is wrong with a template, in a sentence for whoever wrote it."""
    if isinstance(trouble, UndefinedError):
        return Invalid(f"模板里有不认识的字段：{trouble.message}", "字段名照文书模板页列出的写", field="file")
    if isinstance(trouble, TemplateSyntaxError):
        return Invalid(
            f"模板里的字段写得不对：{trouble.message}", "花括号要成对，例如 {{ 责任单位 }}", field="file"
        )
    if isinstance(trouble, SecurityError):
        return Invalid("模板里有不允许的写法", "只写字段名，例如 {{ 责任单位 }}", field="file")
    return Invalid(f"模板填不进去：{type(trouble).__name__}", "从系统里下载原模板，在它上面改", field="file")


@dataclass(frozen=True, slots=True)
class Filled:
    """A paper with its facts in place: plain texts."""

    organ: str
    number: str
    mark: str
    title: str
    to: str
    body: list[str]
    rows: list[tuple[str, str]]
    sign: str
    day: str
    copies: str
    slip: list[tuple[str, str]]


def filled(outline: Outline, facts: Facts) -> Filled:
    """The paper as texts, for a preview and for the PDF."""
    body = [
        say(one if isinstance(one, str) else one[1], facts)
        for one in outline.body
        if isinstance(one, str) or facts.get(one[0])
    ]
    return Filled(
        organ=say(outline.organ, facts),
        number=say(outline.number, facts),
        mark=say(outline.mark, facts),
        title=say(outline.title, facts),
        to=say(outline.to, facts),
        body=body,
        rows=[(label, say(text, facts)) for label, text in outline.rows],
        sign=say(outline.sign, facts),
        day=say(outline.day, facts),
        copies=say(outline.copies, facts),
        slip=[(label, say(text, facts)) for label, text in outline.slip],
    )
