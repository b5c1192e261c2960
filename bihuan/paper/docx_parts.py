"""The pieces a Word template is built of: lines in their fonts, tables, what is repeated for every row of a list.

What is repeated or may be missing is wrapped in lines of their own (`{%p for … %}`, `{%tr for … %}`), as whoever
changes the template in Word sees it.
"""

from __future__ import annotations

from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from .official import ITEM, NARROW, NOTHING, ROW, Each, Heading, Pairs, Part, Picture, Table

BODY, HEAD, SONG, KAI, BLACK, LATIN = (
    "仿宋_GB2312",
    "方正小标宋简体",
    "宋体",
    "楷体_GB2312",
    "黑体",
    "Times New Roman",
)
RED = RGBColor(0xC0, 0x0F, 0x0F)
LINE, TIGHT = Pt(28), Pt(23)
THREE, TWO, FOUR, SMALL = Pt(16), Pt(22), Pt(14), Pt(12)
#: what is left for a signature or a word by hand
BLANK = Mm(12)


def set_font(run: Any, font: str, size=None, colour: RGBColor | None = None) -> Any:
    run.font.name = LATIN
    if size is not None:
        run.font.size = size
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    if colour is not None:
        run.font.color.rgb = colour
    return run


def line(doc: Any, text: str, *, size=None, font=BODY, colour=None, centre=False, space=None) -> Any:
    paragraph = doc.add_paragraph()
    if centre:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if space is not None:
        paragraph.paragraph_format.line_spacing = space
    set_font(paragraph.add_run(text), font, size, colour)
    return paragraph


def put_part(doc: Any, part: Part) -> None:
    """One piece of a body at the end of the document."""
    match part:
        case Pairs(rows):
            pairs(doc, rows)
        case Table():
            _table(doc, part)
        case Each(name, parts):
            line(doc, f"{{%p for {ITEM} in {name} %}}")
            for one in parts:
                put_part(doc, one)
            line(doc, "{%p endfor %}")
            _nothing(doc, name)
        case Picture(name):
            with_condition(doc, name, lambda: _picture(doc, name))
        case Heading(text, level, when):
            with_condition(doc, when, lambda: _heading(doc, text, level))
        case str():
            _text(doc, part)
        case (when, text):
            with_condition(doc, when, lambda: _text(doc, text))


def with_condition(doc: Any, when: str, put: Any) -> None:
    """What `put` adds, wrapped in its condition if there is one."""
    if when:
        line(doc, f"{{%p if {when} %}}")
    put()
    if when:
        line(doc, "{%p endif %}")


def _text(doc: Any, text: str) -> None:
    """Two characters indented."""
    paragraph = line(doc, text)
    paragraph.paragraph_format.first_line_indent = Pt(32)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY


def _heading(doc: Any, text: str, level: int) -> None:
    paragraph = line(doc, text, font=BLACK if level == 1 else KAI)
    paragraph.paragraph_format.first_line_indent = Pt(32)
    paragraph.paragraph_format.keep_with_next = True


def _picture(doc: Any, name: str) -> None:
    paragraph = line(doc, f"{{{{ {name} }}}}", centre=True)
    paragraph.paragraph_format.line_spacing = 1.0  # a picture in lines of a fixed height is cut off
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(6)


def _nothing(doc: Any, name: str) -> None:
    with_condition(doc, f"not {name}", lambda: _text(doc, NOTHING))


def _table(doc: Any, part: Table) -> None:
    """Head, and one row that the template repeats; the rows that say so vanish when it is filled."""
    table = doc.add_table(rows=0, cols=len(part.columns))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    heads = [head for head, _ in part.columns]
    narrow = [n for n, (_, width) in enumerate(part.columns) if width <= NARROW]
    told = [""] * (len(heads) - 1)
    for words, face in (
        (heads, BLACK),
        ([f"{{%tr for {ROW} in {part.rows} %}}", *told], BODY),
        ([f"{{{{ {ROW}.{head} }}}}" for head in heads], BODY),
        (["{%tr endfor %}", *told], BODY),
    ):
        row = table.add_row()
        for cell, text, (_, width) in zip(row.cells, words, part.columns, strict=True):
            _cell(cell, text, Mm(width), face, SMALL, Pt(18))
        _row_says(row, "w:cantSplit")
    _row_says(table.rows[0], "w:tblHeader")
    for cell in (*table.rows[0].cells, *(table.rows[2].cells[n] for n in narrow)):
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    for grid, (_, width) in zip(table._tbl.tblGrid.gridCol_lst, part.columns, strict=True):
        grid.w = Mm(width)
    _nothing(doc, part.rows)


def pairs(doc: Any, rows: tuple[tuple[str, str], ...]) -> None:
    table = doc.add_table(rows=0, cols=2)
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    for label, text in rows:
        row = table.add_row()
        for cell, words, width, face in zip(
            row.cells, (label, text), (Mm(34), Mm(122)), (BLACK, BODY), strict=True
        ):
            _cell(cell, words, width, face, FOUR, Pt(24))
        if not text:
            row.height = BLANK
        _row_says(row, "w:cantSplit")


def _cell(cell: Any, text: str, width: Any, face: str, size: Any, spacing: Any) -> None:
    cell.width = width
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.line_spacing = spacing
    set_font(paragraph.add_run(text), face, size)


def _row_says(row: Any, word: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(word))


def sign(doc: Any, text: str, right: Any) -> None:
    """The organ one character from the edge, so that a long name has room, the day three."""
    paragraph = line(doc, text)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    paragraph.paragraph_format.right_indent = right
    paragraph.paragraph_format.keep_with_next = True


def rule(paragraph: Any, colour: str, width: int, *, top: bool = False) -> None:
    """A line under (or over) a paragraph, as a border: it stays where it is when the text grows."""
    borders = OxmlElement("w:pBdr")
    edge = OxmlElement("w:top" if top else "w:bottom")
    for name, value in (("val", "single"), ("sz", str(width)), ("space", "4"), ("color", colour)):
        edge.set(qn(f"w:{name}"), value)
    borders.append(edge)
    paragraph._p.get_or_add_pPr().append(borders)
