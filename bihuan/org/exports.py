"""Empty sheets to fill in: the headers as the import reads them, and a row that shows how."""

from __future__ import annotations

import io

import xlsxwriter

from bihuan.org.models import Unit
from bihuan.org.reading.sheets import PEOPLE_COLUMNS, UNIT_COLUMNS
from bihuan.org.roles import ROLES

_EXAMPLES = {
    "units": [("RZ", "热轧厂", "JT", "热轧", "厂矿"), ("RZ-JR", "加热炉车间", "RZ", "", "车间（作业区）")],
    "people": [("3001", "段志远", "热轧厂", "厂长", "", "", "", "单位负责人")],
}
_ROWS = 2000


def template(what: str) -> bytes:
    """An .xlsx with headers, an example and lists to choose from. `what` is units or people."""
    columns = list(UNIT_COLUMNS if what == "units" else PEOPLE_COLUMNS)
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True}) as book:
        sheet = book.add_worksheet("单位" if what == "units" else "人员")
        head = book.add_format({"bold": True, "bg_color": "#f2efec", "border": 1, "border_color": "#d8d3ce"})
        text = book.add_format({"num_format": "@"})
        sheet.freeze_panes(1, 0)
        for index, column in enumerate(columns):
            sheet.set_column(index, index, 18, text)
            sheet.write(0, index, column, head)
        for number, row in enumerate(_EXAMPLES[what], 1):
            sheet.write_row(
                number, 0, row, book.add_format({"italic": True, "font_color": "#8a8580", "num_format": "@"})
            )
        listed = columns.index("类别" if what == "units" else "角色")
        labels = Unit.Kind.labels[1:] if what == "units" else [role.label for role in ROLES.values()]
        sheet.data_validation(
            1, listed, _ROWS, listed, {"validate": "list", "source": labels, "error_type": "information"}
        )
    return kept.getvalue()
