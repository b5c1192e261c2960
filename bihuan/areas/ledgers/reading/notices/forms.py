"""Forms: labels at the left with what they hold at the right, or cells that hold a whole numbered list."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bihuan.areas.ledgers.reading.header_words import header_fields

from .blocks import Block, Cell, Par, Table
from .marks import heads
from .plain import label_in
from .words import PROBLEMS, section_of

FORM_LEVEL = 7
"""Heading level of a form's label cells: below every heading of the text around."""


@dataclass
class Form:
    blocks: list[Block]
    facts: dict[str, tuple[str, int]]


def is_form(table: Table) -> bool:
    """Labels at the left with what they hold at the right (受检单位｜热轧厂), or cells that hold whole numbered lists."""
    labels, rows = 0, 0
    for cells in table.rows:
        filled = [cell for cell in cells if cell.pars()]
        if not filled:
            continue
        rows += 1
        first = filled[0].text.strip()
        if any(_holds_list(cell) for cell in filled):
            return True
        if (len(filled) == 1 and len(first) > 40) or (
            len(filled) >= 2 and _is_label(first) and not _is_label(filled[1].text.strip())
        ):
            labels += 1
    return rows > 0 and labels * 2 > rows


def _holds_list(cell: Cell) -> bool:
    """Two or more numbered paragraphs in one cell."""
    pars = cell.pars()
    lines = [line for par in pars for line in par.shown.split("\n")]
    found = [h for line in lines if (h := next((h for h in heads(line) if not h.weak), None))]
    return (
        len([h for h in found if h.number in (1, 2)]) >= 2
        and len(lines) >= 2
        and len(found) * 2 >= len(lines)
    )


def _is_label(text: str) -> bool:
    plain = re.sub(r"\s+", "", text)
    if not 2 <= len(plain) <= 16 or re.search(r"[。；，\d]", plain):
        return False
    return bool(header_fields(plain)) or bool(section_of(plain)) or plain.endswith(("：", ":"))


def open_form(table: Table) -> Form:
    """The cells in reading order: labels become headings or facts, the rest is read like the text around."""
    form = Form([], {})
    for cells in table.rows:
        filled = [cell for cell in cells if cell.merge != "more" and cell.pars()]
        at = 0
        while at < len(filled):
            label = re.sub(r"\s+", "", filled[at].text).rstrip("：:")
            value = filled[at + 1] if at + 1 < len(filled) else None
            if value is not None and (_is_label(label) or re.search(r"签字|签名|盖章|签收", label)):
                _take_pair(form, label, filled[at], value)
                at += 2
            else:
                form.blocks.extend(_split_label(filled[at].blocks))
                at += 1
    return form


def _take_pair(form: Form, label: str, name: Cell, value: Cell) -> None:
    code = max(header_fields(label) or {"": 0.0}, key=lambda k: (header_fields(label) or {"": 0.0})[k])
    section = section_of(label)
    text = value.text.strip()
    plain_fact = (
        code and code not in ("statement", "demand", "measure") and len(value.pars()) == 1 and len(text) <= 60
    )
    if re.search(r"签字|签名|盖章|签收|签发", label):
        form.blocks.extend(_as_facts(name.pars() + value.pars()))
    elif not plain_fact and (code == "statement" or section or len(value.pars()) > 1 or len(text) > 60):
        first = name.pars()[0]
        title = "存在问题" if code == "statement" and section != PROBLEMS else label
        form.blocks.append(replace(first, text=title, outline=FORM_LEVEL, mark=None))
        form.blocks.extend(value.blocks)
    elif code:
        form.facts.setdefault(code, (text, value.pars()[0].no))
        form.blocks.extend(_as_facts(name.pars() + value.pars()))
    else:
        form.blocks.extend(_as_facts(name.pars() + value.pars()))


def _as_facts(pars: list[Par]) -> list[Block]:
    return [replace(par, style="fact") for par in pars]


def _split_label(blocks: list[Block]) -> list[Block]:
    """`存在问题：` at the head of a cell with its problems below becomes the heading of them."""
    first = blocks[0] if blocks else None
    if isinstance(first, Par) and len(blocks) > 1 and section_of(first.text) and not label_in(first.text)[1]:
        return [replace(first, outline=FORM_LEVEL), *blocks[1:]]
    return list(blocks)
