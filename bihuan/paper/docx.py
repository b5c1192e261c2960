"""Word papers: a template built from an outline, and any template filled with facts.

The east-asian font is set beside the latin one in every run and style, or Word falls back to its own choice.
"""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docxtpl import DocxTemplate, InlineImage

from bihuan.kernel.refused import Invalid

from .docx_parts import (
    BODY,
    FOUR,
    HEAD,
    LATIN,
    LINE,
    RED,
    SONG,
    THREE,
    TIGHT,
    TWO,
    line,
    pairs,
    put_part,
    rule,
    set_font,
    sign,
)
from .handed_in import insist_alone, insist_small
from .official import Facts, Outline, Png, environment, fault, tidied


def build_template(outline: Outline) -> bytes:
    """The shipped Word template of one kind of paper: the outline with its `{{ … }}` still open."""
    doc = Document()
    _page(doc, wide=outline.wide, low=outline.low)
    _styles(doc, tight=outline.tight)
    _head(doc, outline)
    for one in outline.body:
        put_part(doc, one)
    if outline.rows:
        pairs(doc, outline.rows)
    if outline.sign or outline.day:
        line(doc, "")
    for text, right in ((outline.sign, Pt(16)), (outline.day, Pt(48))):
        if text:
            sign(doc, text, right)
    if outline.copies:
        copies = line(doc, "抄送：" + outline.copies, size=FOUR)
        rule(copies, "000000", 6, top=True)
    if outline.slip:
        line(doc, "")
        line(doc, "签收回执", size=FOUR, font="黑体")
        pairs(doc, outline.slip)
    kept = BytesIO()
    doc.save(kept)
    return kept.getvalue()


def fill(template: bytes, facts: Facts) -> bytes:
    """A Word file with the facts in place, escaped. Raises Invalid for what cannot be read or filled."""
    insist_small(template)
    try:
        insist_alone(template)
        doc = DocxTemplate(BytesIO(template))
        doc.render(_shown(doc, facts), jinja_env=environment(), autoescape=True)
        made = BytesIO()
        doc.save(made)
    except Invalid:
        raise
    except (BadZipFile, PackageNotFoundError, KeyError):
        raise Invalid(
            "这个文件打不开，不是 Word 文档（docx）", "用 Word 另存为 docx 再传", field="file"
        ) from None
    except Exception as trouble:
        raise fault(trouble) from None
    return made.getvalue()


def _shown(doc: DocxTemplate, facts: Facts) -> dict:
    return {
        name: InlineImage(doc, BytesIO(fact.data), width=Mm(fact.mm))
        if isinstance(fact, Png)
        else _broken(fact)
        for name, fact in tidied(facts).items()
    }


def _broken(fact: Any) -> Any:
    """Line breaks as the library's mark of a new paragraph in the same looks."""
    if isinstance(fact, str):
        return fact.replace("\n", "\a")
    if isinstance(fact, Mapping):
        return {name: _broken(one) for name, one in fact.items()}
    return [_broken(one) for one in fact] if isinstance(fact, list) else fact


def _head(doc, outline: Outline) -> None:
    if outline.mark:
        line(doc, outline.mark, font="黑体")
    if outline.organ:
        size, space = (Pt(26), Pt(34)) if "\n" in outline.organ else (Pt(32), Pt(40))
        line(doc, outline.organ, size=size, font=HEAD, colour=RED, centre=True, space=space)
        if outline.number:
            line(doc, outline.number, centre=True)
        rule(line(doc, "", space=Pt(10)), "C00F0F", 18)
    elif outline.number:
        line(doc, outline.number, size=FOUR).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if outline.organ:
        line(doc, "")
    line(doc, outline.title, size=TWO, font=HEAD, centre=True, space=Pt(36))
    line(doc, "")
    if outline.to:
        line(doc, f"{outline.to}：")


def _page(doc, *, wide: bool, low: bool) -> None:
    section = doc.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    if wide:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    section.top_margin, section.bottom_margin = (Mm(28), Mm(26)) if low else (Mm(37), Mm(35))
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(16) if low else Mm(25)
    doc.settings.odd_and_even_pages_header_footer = True
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        _page_number(footer.paragraphs[0], side)


def _page_number(paragraph, side: str) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if side == "right" else WD_ALIGN_PARAGRAPH.LEFT
    set_font(paragraph.add_run("— "), SONG, FOUR)
    run = set_font(paragraph.add_run(), SONG, FOUR)
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)
    set_font(paragraph.add_run(" —"), SONG, FOUR)


def _styles(doc, *, tight: bool) -> None:
    style = doc.styles["Normal"]
    style.font.name, style.font.size = LATIN, FOUR if tight else THREE
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), BODY)
    layout = style.paragraph_format
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, TIGHT if tight else LINE
    layout.space_before = layout.space_after = Pt(0)


def says(content: bytes, text: str) -> bool:
    """Whether a Word file shows this text, in its paragraphs or in its tables."""
    doc = Document(BytesIO(content))
    cells = (cell.text for table in doc.tables for row in table.rows for cell in row.cells)
    return any(text in one for one in (*(paragraph.text for paragraph in doc.paragraphs), *cells))
