"""Bytes of a file → Book. The only module that knows file formats by their libraries."""

from __future__ import annotations

import io
import zipfile

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from bihuan.kernel.refused import Invalid

from .csv_text import open_csv
from .html_table import open_html
from .sheets import Book, Sheet, clean, squared
from .sniff import SAVE_AS, SIZE_LIMIT, check_size, kind_of
from .xlsx_parts import Extras, scan


def open_book(data: bytes, filename: str, *, limit: int = SIZE_LIMIT) -> Book:
    """Every visible or hidden worksheet with its cells. Raises Invalid with a sentence saying what to do."""
    check_size(len(data), limit)
    kind = kind_of(data, filename)
    if kind == "csv":
        book = open_csv(data, filename)
    elif kind == "html":
        book = open_html(data, filename)
    else:
        book = _open_binary(data, kind)
    if not any(value is not None for sheet in book.sheets for row in sheet.rows for value in row):
        raise Invalid("文件里没有任何内容，所有工作表都是空的", "确认选对了文件，填好后再传")
    return book


def _open_binary(data: bytes, kind: str) -> Book:
    extras: dict[str, Extras] = {}
    epoch_1904 = False
    if kind == "xlsx":
        data, extras, epoch_1904 = scan(data)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            sheets = [
                _sheet(
                    workbook, about.name, about.visible == SheetVisibleEnum.Visible, extras.get(about.name)
                )
                for about in workbook.sheets_metadata
                if about.typ == SheetTypeEnum.WorkSheet
            ]
    except PasswordError as error:
        raise Invalid("文件加了打开密码，读不了", "在 Excel 里取消密码后再传") from error
    except (CalamineError, zipfile.BadZipFile, ValueError, OSError, UnicodeError) as error:
        raise Invalid("文件已损坏，里面的内容读不出来", "重新从原系统导出，或" + SAVE_AS) from error
    if kind == "xls":
        images = data.count(b"\xff\xd8\xff") + data.count(b"\x89PNG\r\n\x1a\n")
        if images and sheets:
            sheets[0].images = images
    return Book(kind=kind, sheets=sheets, epoch_1904=epoch_1904)


def _sheet(workbook: CalamineWorkbook, name: str, visible: bool, extras: Extras | None) -> Sheet:
    source = workbook.get_sheet_by_name(name)
    rows = [[clean(value) for value in row] for row in source.to_python(skip_empty_area=False)]
    merges = [(r0, c0, r1, c1) for (r0, c0), (r1, c1) in source.merged_cell_ranges or []]
    extras = extras or Extras()
    sheet = Sheet(
        name=name,
        rows=squared(rows),
        merges=merges,
        visible=visible,
        hidden_rows=extras.hidden_rows,
        images=extras.images,
        uncached=extras.uncached,
        broken=extras.broken,
        notes=extras.notes,
    )
    for row in sheet.rows:
        for c, value in enumerate(row):
            if isinstance(value, str) and value.startswith("=DISPIMG("):
                row[c] = None
    return sheet
