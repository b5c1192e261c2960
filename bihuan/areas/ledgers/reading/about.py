"""A sheet on its way through the reading, and what is said about it: used or not and why, what was not read."""

from __future__ import annotations

from dataclasses import dataclass

from .layout import DATA, TITLE, Layout, Table
from .mapping import Column
from .result import SheetReading


@dataclass
class Part:
    """A sheet on its way: its layout and the columns of each of its tables."""

    layout: Layout
    tables: list[tuple[Table, list[Column]]]

    @property
    def has_problems(self) -> bool:
        return any(self.holds(columns) for _, columns in self.tables)

    @staticmethod
    def holds(columns: list[Column]) -> bool:
        return any(column.field == "statement" for column in columns)


def about(part: Part, used: bool, count: int) -> SheetReading:
    layout = part.layout
    kinds = {r + 1: TITLE for r in layout.above_rows}
    for table, _ in part.tables:
        kinds.update({r + 1: "header" for r in table.header.rows})
        kinds.update({r + 1: kind for r, kind in table.kinds.items()})
    data = [r for r, kind in kinds.items() if kind == DATA]
    return SheetReading(
        name=layout.sheet.name,
        used=used,
        why=_why(part, used, count),
        title=layout.above[0] if layout.above else "",
        header_rows=tuple(r + 1 for r in layout.tables[0].header.rows) if layout.tables else (),
        first_data_row=min(data, default=0),
        last_data_row=max(data, default=0),
        data_rows=count if used else 0,
        kinds=kinds,
        notes=tuple(layout.notes),
        images=layout.sheet.images,
        columns=tuple(part.tables[0][1]) if part.tables else (),
    )


def _why(part: Part, used: bool, count: int) -> str:
    if used:
        header = "、".join(str(r + 1) for r in part.layout.tables[0].header.rows)
        return f"表头在第 {header} 行，{count} 行问题"
    if not any(part.layout.grid.own(r) for r in range(part.layout.grid.height)):
        return "空表，不导入"
    if part.has_problems and not part.layout.sheet.visible:
        return "隐藏的工作表，不导入；要导入就取消隐藏或在这里选上"
    return "没有问题行，不导入"


def notes_of(part: Part, used: bool) -> list[str]:
    sheet = part.layout.sheet
    notes = [f"工作表“{sheet.name}”：{note}" for note in sheet.notes]
    if sheet.images:
        notes.append(f"工作表“{sheet.name}”里有 {sheet.images} 张图片，没有读取，请到问题页补传")
    if not used:
        if any(value is not None for row in sheet.rows for value in row):
            notes.append(f"工作表“{sheet.name}”：{_why(part, False, 0)}")
        return notes
    if sheet.uncached:
        notes.append(
            f"工作表“{sheet.name}”有 {len(sheet.uncached)} 个公式没有存下结果；用 WPS 或 Excel 打开保存一次再传，就有值了"
        )
    hidden = sorted(r + 1 for table, _ in part.tables for r in table.data_rows if r in sheet.hidden_rows)
    if hidden:
        shown = "、".join(str(r) for r in hidden[:8]) + ("等" if len(hidden) > 8 else "")
        notes.append(f"工作表“{sheet.name}”第 {shown} 行在原表里是隐藏的，也读了")
    foot = [text for text in part.layout.notes if text]
    if foot:
        notes.append(
            f"表中的说明和签字没有当作问题：{'；'.join(text.split(chr(10))[0][:40] for text in foot[:4])}"
        )
    return notes
