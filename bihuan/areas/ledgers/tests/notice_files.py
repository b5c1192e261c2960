"""Invented notices as real .docx bytes: python-docx, and raw XML for what it cannot write."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from copy import deepcopy

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_V = "urn:schemas-microsoft-com:vml"

#: levels of an automatic list: (format, text, start)
OFFICE = (
    ("chineseCounting", "%1、", 1),
    ("chineseCounting", "（%2）", 1),
    ("decimal", "%3.", 1),
    ("decimal", "（%4）", 1),
    ("decimalEnclosedCircle", "%5", 1),
)


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


class Notice:
    """Writes a document from top to bottom; `data()` gives its bytes."""

    def __init__(self) -> None:
        self.doc = docx.Document()
        self._lists = 0

    def p(self, text: str, *, style: str = "", center: bool = False, bold: bool = False):
        par = self.doc.add_paragraph(style=style or None)
        for at, line in enumerate(text.split("\n")):
            run = par.add_run(line)
            run.bold = bold or None
            if at < text.count("\n"):
                run.add_break()
        if center:
            par.alignment = WD_ALIGN_PARAGRAPH.CENTER
        return par

    def many(self, *texts: str) -> Notice:
        for text in texts:
            self.p(text)
        return self

    def new_list(
        self, levels: Sequence[tuple[str, str, int]] = OFFICE, *, like: int = 0, restart: int = 0
    ) -> int:
        """A list (numId). `like`: one more list of the same abstract; `restart`: with its start overridden."""
        root = self.doc.part.numbering_part.element
        self._lists += 1
        number = 500 + self._lists
        abstract = like or number
        if not like:
            inner = "".join(
                f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
                for at, (form, text, start) in enumerate(levels)
            )
            root.insert(
                0,
                parse_xml(
                    f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">{inner}</w:abstractNum>'
                ),
            )
        override = (
            f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{restart}"/></w:lvlOverride>'
            if restart
            else ""
        )
        root.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{override}</w:num>'
            )
        )
        return number

    def auto(self, text: str, number: int, level: int = 0):
        par = self.p(text)
        props = par._p.get_or_add_pPr()
        props.append(
            parse_xml(
                f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
            )
        )
        return par

    def table(self, rows: Sequence[Sequence[str]], *, merge: Sequence[tuple[int, int, int, int]] = ()):
        table = self.doc.add_table(rows=len(rows), cols=max(len(row) for row in rows))
        for r, row in enumerate(rows):
            for c, text in enumerate(row):
                lines = text.split("\n")
                table.cell(r, c).text = lines[0]
                for line in lines[1:]:
                    table.cell(r, c).add_paragraph(line)
        for r0, c0, r1, c1 in merge:
            for r in range(r0, r1 + 1):
                for c in range(c0, c1 + 1):
                    if (r, c) != (r0, c0):
                        table.cell(r, c).text = ""
            first = table.cell(r0, c0)
            words = first.text
            first.merge(table.cell(r1, c1))
            table.cell(r0, c0).text = words
        return table

    def box(self, *texts: str, old: bool = False, both: bool = True) -> None:
        """A text box. Word stores it twice: as a shape and, for older programs, as VML."""
        inner = "".join(f"<w:p><w:r><w:t>{_escape(text)}</w:t></w:r></w:p>" for text in texts)
        vml = f'<w:pict><v:shape style="width:320pt;height:40pt"><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape></w:pict>'
        space = f'{nsdecls("w")} xmlns:mc="{_MC}" xmlns:wps="{_WPS}" xmlns:v="{_V}"'
        if old:
            run = f"<w:r {space}>{vml}</w:r>"
        else:
            shape = f"<w:drawing><wps:wsp><wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx></wps:wsp></w:drawing>"
            fallback = f"<mc:Fallback>{vml}</mc:Fallback>" if both else ""
            run = f'<w:r {space}><mc:AlternateContent><mc:Choice Requires="wps">{shape}</mc:Choice>{fallback}</mc:AlternateContent></w:r>'
        self.p("")._p.append(parse_xml(run))

    def tracked(self, *parts: tuple[str, str]) -> None:
        """(keep | ins | del, words) of one paragraph."""
        par = self.p("")._p
        for at, (kind, words) in enumerate(parts):
            name = "delText" if kind == "del" else "t"
            run = f'<w:r><w:{name} xml:space="preserve">{_escape(words)}</w:{name}></w:r>'
            if kind != "keep":
                run = f'<w:{kind} w:id="{900 + at}" w:author="审核" w:date="2026-09-01T00:00:00Z">{run}</w:{kind}>'
            par.append(parse_xml(f"<w:p {nsdecls('w')}>{run}</w:p>")[0])

    def deleted_mark(self, text: str) -> None:
        """A paragraph whose end was deleted with changes tracked: it goes on in the next."""
        par = self.p(text)._p
        props = par.get_or_add_pPr()
        props.append(
            parse_xml(
                f'<w:rPr {nsdecls("w")}><w:del w:id="1" w:author="审核" w:date="2026-09-01T00:00:00Z"/></w:rPr>'
            )
        )

    def raw(self, xml: str) -> None:
        """A paragraph or table given as XML in the `w` namespace, at the end of the body."""
        body = self.doc.element.body
        body.insert(len(body) - 1, parse_xml(xml.replace("<w:p>", f"<w:p {nsdecls('w')}>", 1)))

    def hidden(self, text: str, secret: str) -> None:
        run = self.p(text).add_run(secret)
        run.font.hidden = True

    def delete_row(self, table, at: int) -> None:
        row = table.rows[at]._tr
        props = row.get_or_add_trPr()
        props.append(
            parse_xml(f'<w:del {nsdecls("w")} w:id="7" w:author="审核" w:date="2026-09-01T00:00:00Z"/>')
        )

    def in_control(self, text: str) -> None:
        """A paragraph inside a content control, as templates have them."""
        par = self.p(text)._p
        body = par.getparent()
        control = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtPr/><w:sdtContent/></w:sdt>")
        body.replace(par, control)
        control.find(qn("w:sdtContent")).append(deepcopy(par))

    def header(self, head: str, foot: str) -> None:
        self.doc.sections[0].header.paragraphs[0].text = head
        self.doc.sections[0].footer.paragraphs[0].text = foot

    def data(self) -> bytes:
        out = io.BytesIO()
        self.doc.save(out)
        return out.getvalue()


def rewritten(data: bytes, **parts: bytes) -> bytes:
    """The package with parts replaced or added; `document` is word/document.xml."""
    out = io.BytesIO()
    names = {f"word/{name}.xml": content for name, content in parts.items()}
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            if info.filename not in names:
                new.writestr(info, old.read(info.filename))
        for name, content in names.items():
            new.writestr(name, content)
    return out.getvalue()


def part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(f"word/{name}.xml")
