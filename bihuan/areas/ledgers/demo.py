"""Ledgers of the demo group: two that came in, and one that waits for a few rows to be decided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from io import BytesIO
from random import Random
from typing import Any

import xlsxwriter

from bihuan.areas.ledgers.actions.load_import import load_import
from bihuan.areas.ledgers.actions.start_import import start_import
from bihuan.areas.ledgers.models import LedgerImport
from bihuan.areas.ledgers.policies import may_load
from bihuan.kernel.moment import CHINA, local_day
from bihuan.org.demo.group import Group
from bihuan.problems.demo.cases import Caster
from bihuan.problems.demo.categories import KINDS
from bihuan.record.worker import run_until_idle

_HEADS = (
    "序号", "检查日期", "责任单位", "地点", "问题描述", "整改措施", "责任人", "完成时限", "整改情况", "督办人", "备注",
)  # fmt: skip
_WIDE = {3: 18, 4: 46, 5: 36, 9: 12}
_STATES = ("已完成", "已完成", "已完成", "整改中", "未完成")


def build(world: Any) -> None:
    """Leaves the imports in `world.things["ledgers"]`."""
    group = world.things["org"]
    writer = _Writer(group)
    world.things["ledgers"] = [
        writer.bring_in("热轧厂十月隐患自查台账.xlsx", "RZ", "牛晓东", ago=27, rows=22, mills=("RZ",)),
        writer.bring_in(
            "秋季安全大检查问题台账.xlsx", "AQ", "郝立明", ago=6, rows=30, mills=("LT", "JH", "LG1", "SJC")
        ),
        writer.bring_in(
            "十一月联合检查问题清单.xlsx", "AQ", "郝立明", ago=0, rows=12, mills=("LZ", "DL"), loose=True
        ),
    ]
    run_until_idle(at=world.at)


class _Writer:
    def __init__(self, group: Group) -> None:
        self.group, self.caster = group, Caster(group)

    def bring_in(
        self, name: str, home: str, by: str, *, ago: int, rows: int, mills: Sequence[str], loose: bool = False
    ) -> LedgerImport:
        """Uploads a workbook and carries the import out, unless rows of it have to be decided first."""
        at = self._moment(ago)
        actor = self.group.actor(self.group.person(by))
        content = self._workbook(name, at, rows, mills, loose)
        ledger = start_import(data=content, filename=name, home=self.group.units[home], by=actor, at=at)
        if not loose and may_load(ledger, actor):
            load_import(ledger=ledger, by=actor, at=at + timedelta(minutes=6))
        return ledger

    def _moment(self, ago: int) -> datetime:
        wanted = datetime.combine(local_day(self.group.at) - timedelta(days=ago), time(10, 20), CHINA)
        return min(wanted, self.group.at - timedelta(minutes=12))

    def _workbook(self, name: str, at: datetime, rows: int, mills: Sequence[str], loose: bool) -> bytes:
        out = BytesIO()
        book = xlsxwriter.Workbook(out, {"in_memory": True})
        book.set_properties({"created": datetime(2024, 1, 1)})
        sheet = book.add_worksheet("台账")
        title = book.add_format({"bold": True, "align": "center", "font_size": 16})
        sheet.merge_range(0, 0, 0, len(_HEADS) - 1, name.removesuffix(".xlsx"), title)
        sheet.write_row(1, 0, _HEADS, book.add_format({"bold": True, "border": 1}))
        for column, width in _WIDE.items():
            sheet.set_column(column, column, width)
        for row in range(rows):
            sheet.write_row(row + 2, 0, self._row(name, row, at, mills[row % len(mills)], loose))
        sheet.write(rows + 3, 0, "填表说明：整改情况按“已完成、整改中、未完成”填写。")
        book.close()
        return out.getvalue()

    def _row(self, name: str, row: int, at: datetime, mill: str, loose: bool) -> list[str]:
        random = Random(f"{name}:{row}")
        found = at - timedelta(days=random.randrange(4, 26))
        case = self.caster.draw(900_000 + 97 * len(name) + row, found, kind=KINDS[1], top=mill)
        state = "整改中" if loose else random.choice(_STATES)
        due = at + timedelta(days=random.randrange(15, 50))
        if state == _STATES[0]:
            due = found + timedelta(days=random.choice((10, 15, 20, 30)))
        unit, lead, when = case.unit.shown, case.lead.name, f"{due:%Y-%m-%d}"
        if loose and row % 4 == 1:
            unit, when = "冷轧作业部", "尽快"
        if loose and row % 5 == 2:
            lead = "待定"
        return [
            str(row + 1), f"{found:%Y.%m.%d}", unit, case.place, case.statement, case.fix, lead, when, state,
            case.approver.name, "",
        ]  # fmt: skip
