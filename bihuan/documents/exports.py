"""Word from the office's own template or the shipped one; PDF from the shipped one only.

Where an office replaced the template there is no PDF: one number must not stand on two papers that differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bihuan.paper import docx, pdf
from bihuan.paper.filling import filled
from bihuan.paper.official import Outline
from bihuan.record.reads import open_file

from .models import Template
from .reads import own_template


@dataclass(frozen=True, slots=True)
class Made:
    """The files of one paper; `pdf` is None where none can be made, `why` says why."""

    docx: bytes
    pdf: bytes | None
    why: str = ""


def make_paper(
    outline: Outline, facts: Mapping[str, Any], *, want: tuple[str, ...] = ("docx", "pdf"), own: bool = True
) -> Made:
    """Raises Invalid when the office's own template cannot be filled; `own` False leaves it out."""
    theirs = own_template(outline.code) if own else None
    word = b""
    if "docx" in want:
        template = content_of(theirs) if theirs else docx.build_template(outline)
        word = docx.fill(template, facts)
    why = "本单位换了模板，只出 Word" if theirs else pdf.trouble()
    printed = pdf.make_pdf(filled(outline, facts)) if "pdf" in want and not why else None
    return Made(word, printed, why)


def content_of(own: Template) -> bytes:
    with open_file(own.file, "original") as kept:
        return kept.read()
