"""Sheets described by rows and merges, written as the file formats that real offices hand out."""

from __future__ import annotations

import csv
import html
import io
from dataclasses import dataclass, field
from datetime import date, datetime

import openpyxl
import xlwt
from openpyxl.drawing.image import Image as SheetImage
from PIL import Image


@dataclass(frozen=True)
class Formula:
    """A formula whose result the file does not store."""

    text: str


@dataclass
class Page:
    """One sheet. Spans are (first row, first column, last row, last column) from 0."""

    name: str
    rows: list[list[object]]
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden: bool = False
    image_at: str = ""


def as_xlsx(pages: list[Page]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for page in pages:
        sheet = book.create_sheet(page.name)
        for r, row in enumerate(page.rows, start=1):
            for c, value in enumerate(row, start=1):
                if value is None:
                    continue
                cell = sheet.cell(r, c, value.text if isinstance(value, Formula) else value)
                if isinstance(value, date):
                    cell.number_format = "yyyy/m/d"
        for r0, c0, r1, c1 in page.merges:
            sheet.merge_cells(start_row=r0 + 1, start_column=c0 + 1, end_row=r1 + 1, end_column=c1 + 1)
        for r in page.hidden_rows:
            sheet.row_dimensions[r + 1].hidden = True
        if page.hidden:
            sheet.sheet_state = "hidden"
        if page.image_at:
            sheet.add_image(SheetImage(_picture()), page.image_at)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _picture() -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (12, 12), (180, 40, 40)).save(out, "PNG")
    out.seek(0)
    return out


def as_xls(pages: list[Page]) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    day = xlwt.easyxf(num_format_str="YYYY/M/D")
    for page in pages:
        sheet = book.add_sheet(page.name)
        anchors = {(r0, c0): (r1, c1) for r0, c0, r1, c1 in page.merges}
        for r, row in enumerate(page.rows):
            for c, value in enumerate(row):
                if value is None:
                    continue
                style = day if isinstance(value, date) else xlwt.Style.default_style
                if isinstance(value, date) and not isinstance(value, datetime):
                    value = datetime(value.year, value.month, value.day)
                if (r, c) in anchors:
                    r1, c1 = anchors[(r, c)]
                    sheet.write_merge(r, r1, c, c1, value, style)
                else:
                    sheet.write(r, c, value, style)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_csv(page: Page, encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    for row in page.rows:
        writer.writerow(["" if value is None else value for value in row])
    return out.getvalue().encode(encoding)


def as_html(page: Page) -> bytes:
    anchors = {(r0, c0): (r1 - r0 + 1, c1 - c0 + 1) for r0, c0, r1, c1 in page.merges}
    covered = {
        (r, c)
        for r0, c0, r1, c1 in page.merges
        for r in range(r0, r1 + 1)
        for c in range(c0, c1 + 1)
        if (r, c) != (r0, c0)
    }
    lines = ["<html><head><meta charset='utf-8'></head><body><table border='1'>"]
    for r, row in enumerate(page.rows):
        lines.append("<tr>")
        for c, value in enumerate(row):
            if (r, c) in covered:
                continue
            down, across = anchors.get((r, c), (1, 1))
            text = html.escape("" if value is None else str(value)).replace("\n", "<br>")
            lines.append(f"<td rowspan='{down}' colspan='{across}'>{text}</td>")
        lines.append("</tr>")
    lines.append("</table></body></html>")
    return "".join(lines).encode()
