"""Word papers: a template built from an outline, and any template filled with facts.

The east-asian font is set beside the latin one in every run and style, or Word falls back to its own choice.
"""

from __future__ import annotations

from io import BytesIO
from zipfile import BadZipFile

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docxtpl import DocxTemplate

from bihuan.kernel.refused import Invalid

from .handed_in import insist_alone, insist_small
from .official import Facts, Outline, environment, fault

BODY, HEAD, SONG, KAI, LATIN = "仿宋_GB2312", "方正小标宋简体", "宋体", "楷体_GB2312", "Times New Roman"
RED = RGBColor(0xC0, 0x0F, 0x0F)
LINE = Pt(28)
THREE, TWO, FOUR = Pt(16), Pt(22), Pt(14)


def build_template(outline: Outline) -> bytes:
    """The shipped Word template of one kind of paper: the outline with its `{{ … }}` still open."""
    doc = Document()
    _page(doc)
    _styles(doc)
    _line(doc, outline.organ, size=Pt(32), font=HEAD, colour=RED, centre=True, space=Pt(40))
    if outline.number:
        _line(doc, outline.number, centre=True)
    _rule(_line(doc, "", space=Pt(10)), "C00F0F", 18)
    if outline.mark:
        _line(doc, outline.mark, font="黑体")
    _line(doc, "")
    _line(doc, outline.title, size=TWO, font=HEAD, centre=True, space=Pt(36))
    _line(doc, "")
    _line(doc, f"{outline.to}：")
    for one in outline.body:
        _body(doc, one)
    if outline.rows:
        _table(doc, outline.rows)
    _line(doc, "")
    _sign(doc, outline.sign)
    _sign(doc, outline.day)
    if outline.copies:
        copies = _line(doc, "抄送：" + outline.copies, size=FOUR)
        _rule(copies, "000000", 6, top=True)
    if outline.slip:
        _line(doc, "")
        _line(doc, "签收回执", size=FOUR, font="黑体")
        _table(doc, outline.slip)
    kept = BytesIO()
    doc.save(kept)
    return kept.getvalue()


def fill(template: bytes, facts: Facts) -> bytes:
    """A Word file with the facts in place, escaped. Raises Invalid for what cannot be read or filled."""
    insist_small(template)
    try:
        insist_alone(template)
        doc = DocxTemplate(BytesIO(template))
        doc.render(dict(facts), jinja_env=environment(), autoescape=True)
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


def _page(doc) -> None:
    section = doc.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(25)
    doc.settings.odd_and_even_pages_header_footer = True
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        _page_number(footer.paragraphs[0], side)


def _page_number(paragraph, side: str) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if side == "right" else WD_ALIGN_PARAGRAPH.LEFT
    _font(paragraph.add_run("— "), SONG, FOUR)
    run = _font(paragraph.add_run(), SONG, FOUR)
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)
    _font(paragraph.add_run(" —"), SONG, FOUR)


def _styles(doc) -> None:
    style = doc.styles["Normal"]
    style.font.name, style.font.size = LATIN, THREE
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), BODY)
    layout = style.paragraph_format
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
    layout.space_before = layout.space_after = Pt(0)


def _font(run, font: str, size=THREE, colour: RGBColor | None = None):
    run.font.name, run.font.size = LATIN, size
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    if colour is not None:
        run.font.color.rgb = colour
    return run


def _line(doc, text: str, *, size=THREE, font=BODY, colour=None, centre=False, space=None):
    paragraph = doc.add_paragraph()
    if centre:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if space is not None:
        paragraph.paragraph_format.line_spacing = space
    _font(paragraph.add_run(text), font, size, colour)
    return paragraph


def _body(doc, one: str | tuple[str, str]) -> None:
    """Two characters indented; a paragraph that may be missing is wrapped in its condition."""
    if not isinstance(one, str):
        _line(doc, f"{{%p if {one[0]} %}}")
    paragraph = _line(doc, one if isinstance(one, str) else one[1])
    paragraph.paragraph_format.first_line_indent = Pt(32)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    if not isinstance(one, str):
        _line(doc, "{%p endif %}")


def _sign(doc, text: str) -> None:
    paragraph = _line(doc, text)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    paragraph.paragraph_format.right_indent = Pt(64)
    paragraph.paragraph_format.keep_with_next = True


def _table(doc, rows) -> None:
    table = doc.add_table(rows=0, cols=2)
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    for label, text in rows:
        cells = table.add_row().cells
        for cell, words, width, font in zip(
            cells, (label, text), (Mm(34), Mm(122)), ("黑体", BODY), strict=True
        ):
            cell.width = width
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.line_spacing = Pt(24)
            _font(paragraph.add_run(words), font, FOUR)
        cells[0]._tc.getparent().get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _rule(paragraph, colour: str, width: int, *, top: bool = False) -> None:
    """A line under (or over) a paragraph, as a border: it stays where it is when the text grows."""
    borders = OxmlElement("w:pBdr")
    edge = OxmlElement("w:top" if top else "w:bottom")
    for name, value in (("val", "single"), ("sz", str(width)), ("space", "4"), ("color", colour)):
        edge.set(qn(f"w:{name}"), value)
    borders.append(edge)
    paragraph._p.get_or_add_pPr().append(borders)


def says(content: bytes, text: str) -> bool:
    """Whether a Word file shows this text, in its paragraphs or in its tables."""
    doc = Document(BytesIO(content))
    cells = (cell.text for table in doc.tables for row in table.rows for cell in row.cells)
    return any(text in one for one in (*(paragraph.text for paragraph in doc.paragraphs), *cells))
