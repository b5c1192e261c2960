"""A sheet of units or people as the templates lay it out: the headers in one row, one thing per row below."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence

import python_calamine

from bihuan.kernel.refused import Invalid
from bihuan.kernel.text import fold
from bihuan.paper.handed_in import insist_dense, insist_small

MOST_BYTES = 20 * 1024 * 1024
MOST_ROWS = 20_000
#: column -> other words for it that offices write
UNIT_COLUMNS = {
    "单位编码": ("编码", "代码", "单位代码"),
    "单位名称": ("名称", "全称", "单位"),
    "上级": ("上级单位", "上级编码", "上级单位编码", "隶属"),
    "简称": ("单位简称",),
    "类别": ("单位类别", "类型"),
}
PEOPLE_COLUMNS = {
    "工号": ("员工号", "人员编码", "编号"),
    "姓名": ("名字",),
    "单位": ("所在单位", "部门", "单位名称", "单位编码"),
    "职务": ("岗位", "职务名称"),
    "手机": ("手机号", "电话", "联系电话"),
    "党组织": ("所在党组织", "所在党支部", "党支部"),
    "党内职务": (),
    "角色": ("系统角色", "权限"),
}
_LOOK_FOR_HEAD = 20


def read_sheet(
    content: bytes, name: str, columns: Mapping[str, Sequence[str]], needed: Sequence[str]
) -> list[tuple[int, dict[str, str]]]:
    """(row number in the sheet, {column: text}) of every row that is not empty.

    Raises Invalid with what is wrong with the file and what to do: size, kind, damage, password, headers.
    """
    if not content:
        raise Invalid("文件是空的", "重新选文件", field="file")
    if len(content) > MOST_BYTES:
        raise Invalid(f"文件 {len(content) // 1024 // 1024} MB，超过 20 MB", "拆成几个文件", field="file")
    grid = _csv(content) if name.lower().endswith((".csv", ".txt")) else _workbook(content)
    at, places = _head(grid, columns, needed)
    rows = [
        (
            number,
            {column: line[index].strip() if index < len(line) else "" for column, index in places.items()},
        )
        for number, line in enumerate(grid[at + 1 :], at + 2)
    ]
    filled = [(number, row) for number, row in rows if any(row.values())]
    if not filled:
        raise Invalid("表头下面一行也没有", "填好再传", field="file")
    if len(filled) > MOST_ROWS:
        raise Invalid(f"有 {len(filled)} 行，一次最多 {MOST_ROWS} 行", "拆成几个文件", field="file")
    return filled


def _csv(content: bytes) -> list[list[str]]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        try:
            return [list(line) for line in csv.reader(io.StringIO(text, newline=""))]
        except csv.Error:
            raise Invalid("有一格太长，或夹着读不出的字符", "另存为 .xlsx 再传", field="file") from None
    raise Invalid("文字编码认不出来", "另存为 .xlsx 或 UTF-8 的 .csv", field="file")


def _workbook(content: bytes) -> list[list[str]]:
    if zipfile.is_zipfile(io.BytesIO(content)):
        insist_small(content)
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if "xl/workbook.xml" not in packed.namelist():
                raise Invalid("这不是 Excel 表，扩展名可能改过", "用 Excel 另存为 .xlsx", field="file")
    try:
        if zipfile.is_zipfile(io.BytesIO(content)):
            insist_dense(content)
        sheet = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
        grid = sheet.to_python(skip_empty_area=False)
    except python_calamine.PasswordError:
        raise Invalid("表加了密码，打不开", "去掉密码再传", field="file") from None
    except (python_calamine.CalamineError, zipfile.BadZipFile, ValueError, OSError):
        raise Invalid("文件坏了，或不是 Excel 表", "用 Excel 打开后另存为 .xlsx", field="file") from None
    return [[_text(cell) for cell in line] for line in grid]


def _text(cell: object) -> str:
    """A staff number kept as a number loses the .0 that Excel gives it."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


def _head(
    grid: list[list[str]], columns: Mapping[str, Sequence[str]], needed: Sequence[str]
) -> tuple[int, dict[str, int]]:
    words = {fold(word): column for column, others in columns.items() for word in (column, *others)}
    best: tuple[int, dict[str, int]] = (0, {})
    for number, line in enumerate(grid[:_LOOK_FOR_HEAD]):
        places: dict[str, int] = {}
        for index, cell in enumerate(line):
            column = words.get(fold(cell))
            if column and column not in places:
                places[column] = index
        if len(places) > len(best[1]):
            best = (number, places)
    if missing := [column for column in needed if column not in best[1]]:
        raise Invalid(f"没有找到列：{'、'.join(missing)}", "照空表的表头改，列的先后不限", field="file")
    return best
