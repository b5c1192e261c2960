"""A kind of paper with all it may be filled with: the outline, and a sample of its facts that is the contract.

Whoever fills a form brings the names of its sample, and for a list the names of the sample's rows. The sample also
shows how the paper looks before there is anything to fill it with.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bihuan.kernel.refused import Invalid

from . import docx
from .official import Facts, Outline, Png


@dataclass(frozen=True, slots=True)
class Form:
    """`sample` holds a plausible value for every fact: text, a list of rows (each a mapping of texts), or a `Png`."""

    outline: Outline
    sample: Mapping[str, Any]

    @property
    def code(self) -> str:
        return self.outline.code

    @property
    def label(self) -> str:
        return self.outline.label


def fields_of(form: Form) -> list[tuple[str, tuple[str, ...]]]:
    """(name, names of its rows) of every fact; no rows for plain text."""
    return [(name, tuple(fact[0]) if isinstance(fact, list) else ()) for name, fact in form.sample.items()]


def lacks(form: Form, facts: Facts) -> list[str]:
    """Names the contract promises and these facts do not have: a mistake of whoever connects them."""
    missing = [name for name in form.sample if name not in facts]
    for name, columns in fields_of(form):
        rows = facts.get(name, ()) if columns else ()
        missing += [f"{name}.{column}" for column in columns if any(column not in row for row in rows)]
    return missing


def check_template(form: Form, content: bytes) -> None:
    """Fill it once with the names themselves. Raises Invalid for what could not be filled later either."""
    facts: dict[str, Any] = {}
    marks: list[str] = []
    for name, columns in fields_of(form):
        facts[name] = [{column: f"〔{name}.{column}〕" for column in columns}] if columns else f"〔{name}〕"
        marks += [f"〔{name}.{column}〕" for column in columns] or [f"〔{name}〕"]
        if isinstance(form.sample[name], Png):
            facts[name] = form.sample[name]
    made = docx.fill(content, facts)
    if not any(docx.says(made, mark) for mark in marks):
        first = fields_of(form)[0][0]
        raise Invalid(
            "模板里一个字段也没有",
            f"至少写上一个，例如 {{{{ {first} }}}}，字段名照本页列出的写",
            field="file",
        )
