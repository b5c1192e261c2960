"""Small real papers as evidence: a one-page PDF and a one-sheet workbook."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from io import BytesIO

import xlsxwriter

_MADE = datetime(2024, 1, 1)


@cache
def pdf(title: str, *lines: str) -> bytes:
    """One page A4; the viewer brings the Chinese font (STSong-Light, Adobe-GB1), nothing is embedded."""
    rows = [(title, 20, 760), *((line, 12, 716 - 24 * n) for n, line in enumerate(lines))]
    text = "".join(
        f"BT /F {size} Tf 72 {y} Td <{line.encode('utf-16-be').hex()}> Tj ET\n" for line, size, y in rows
    )
    parts = (
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R>>",
        f"<</Length {len(text)}>>stream\n{text}endstream",
        "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[6 0 R]>>",
        "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo"
        "<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/FontDescriptor 7 0 R>>",
        "<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0"
        "/Ascent 880/Descent -120/CapHeight 880/StemV 93>>",
    )
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{part}\nendobj\n".encode("ascii")
    start = len(out)
    out += f"xref\n0 {len(parts) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    out += f"trailer\n<</Size {len(parts) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


@cache
def workbook(title: str, heads: tuple[str, ...], *rows: Sequence[str]) -> bytes:
    """One sheet; the same bytes each time, so that the same evidence is kept once."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"title": title, "created": _MADE})
    sheet = book.add_worksheet(title[:31])
    for row, cells in enumerate((heads, *rows)):
        sheet.write_row(row, 0, cells)
    sheet.set_column(0, len(heads), 18)
    book.close()
    return out.getvalue()
