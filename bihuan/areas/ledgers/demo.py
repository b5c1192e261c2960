"""Ledgers of the demo group: two that came in, one that waits for a few rows to be decided, and a notice in Word."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from io import BytesIO
from random import Random
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import xlsxwriter
from docx import Document

from bihuan.areas.ledgers.actions.load_import import load_import
from bihuan.areas.ledgers.actions.start_import import start_import
from bihuan.areas.ledgers.models import LedgerImport
from bihuan.areas.ledgers.policies import may_load
from bihuan.kernel.moment import CHINA, local_day
from bihuan.org.demo.group import Group
from bihuan.problems.actions.amend import Amendment, amend
from bihuan.problems.demo.cases import Caster
from bihuan.problems.demo.categories import KINDS
from bihuan.problems.models import Problem
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
        writer.newer(
            "秋季安全大检查问题台账（十一月更新）.xlsx", "秋季安全大检查问题台账.xlsx", "AQ", "郝立明",
            since=6, ago=1, rows=30, mills=("LT", "JH", "LG1", "SJC"),
        ),
    ]  # fmt: skip
    world.things["ledgers"].append(writer.bring_in_notice("安全检查情况通报.docx", "AQ", "郝立明"))
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
        lines = [self._row(name, row, at, mills[row % len(mills)], loose) for row in range(rows)]
        content = self._workbook(name, lines)
        ledger = start_import(data=content, filename=name, home=self.group.units[home], by=actor, at=at)
        if not loose and may_load(ledger, actor):
            load_import(ledger=ledger, by=actor, at=at + timedelta(minutes=6))
        return ledger

    def bring_in_notice(self, name: str, home: str, by: str) -> LedgerImport:
        """A notice of today whose stated total is one more than it lists: it waits to be looked at."""
        at = self._moment(0)
        actor = self.group.actor(self.group.person(by))
        cases = {
            self.group.units[mill].shown: [self._case(mill, at, 10 * place + n) for n in range(3)]
            for place, mill in enumerate(("LT", "RZ", "JH"))
        }
        return start_import(
            data=notice(local_day(at), cases), filename=name, home=self.group.units[home], by=actor, at=at
        )

    def _case(self, mill: str, at: datetime, number: int) -> Any:
        return self.caster.draw(950_000 + 31 * number, at, kind=KINDS[1], top=mill)

    def _moment(self, ago: int) -> datetime:
        wanted = datetime.combine(local_day(self.group.at) - timedelta(days=ago), time(10, 20), CHINA)
        return min(wanted, self.group.at - timedelta(minutes=12))

    def newer(
        self, name: str, of: str, home: str, by: str, *, since: int, ago: int, rows: int, mills: Sequence[str]
    ) -> LedgerImport:
        """The same ledger a few days on, waiting for somebody to look at the changes: some dates moved, some work
        done, two rows taken off, one new; one of its deadlines was moved here, too, in between."""
        then, at = self._moment(since), self._moment(ago)
        actor = self.group.actor(self.group.person(by))
        lines = [self._row(of, row, then, mills[row % len(mills)], False) for row in range(rows)]
        lines.append(self._row(name, 0, at, mills[0], False))
        late = (then + timedelta(days=52)).date()
        for line, column, words in (
            (3, 8, "已完成"),
            (5, 7, f"{late:%Y-%m-%d}"),
            (7, 5, "更换备件并挂牌"),
            (9, 7, f"{late:%Y-%m-%d}"),
            (11, 10, "备件已到"),
        ):
            lines[line][column] = words
        moved = (
            Problem.objects.select_related("unit", "rule_pack")
            .filter(statement=lines[9][4], is_open=True)
            .first()
        )
        if moved is not None:
            amendment = Amendment({"due_on": late + timedelta(days=5)})
            amend(problem=moved, amendment=amendment, reason="专题会定", by=actor, at=at - timedelta(hours=3))
        kept = [line for number, line in enumerate(lines) if number not in (13, 21)]
        return start_import(
            data=self._workbook(name, kept), filename=name, home=self.group.units[home], by=actor, at=at
        )

    def _workbook(self, name: str, lines: Sequence[list[str]]) -> bytes:
        out = BytesIO()
        book = xlsxwriter.Workbook(out, {"in_memory": True})
        book.set_properties({"created": datetime(2024, 1, 1)})
        sheet = book.add_worksheet("台账")
        title = book.add_format({"bold": True, "align": "center", "font_size": 16})
        sheet.merge_range(0, 0, 0, len(_HEADS) - 1, name.removesuffix(".xlsx"), title)
        sheet.write_row(1, 0, _HEADS, book.add_format({"bold": True, "border": 1}))
        for column, width in _WIDE.items():
            sheet.set_column(column, column, width)
        for row, line in enumerate(lines):
            sheet.write_row(row + 2, 0, [str(row + 1), *line[1:]])
        sheet.write(len(lines) + 3, 0, "填表说明：整改情况按“已完成、整改中、未完成”填写。")
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


def notice(day: date, cases: dict[str, list[Any]]) -> bytes:
    """The bulletin as an office writes it: sections by mill, deadlines and deductions in several ways, a table."""
    paper = Document()
    paper.add_paragraph(f"关于{day.month}月安全检查情况的通报", style="Title")
    first = day - timedelta(days=3)
    paper.add_paragraph("各单位：")
    paper.add_paragraph(
        f"{first.year}年{first.month}月{first.day}日至{day.day}日，安全管理部组织开展安全检查，共发现问题10项。"
        "现将情况通报如下："
    )
    paper.add_paragraph("一、检查发现的主要问题")
    ends = (
        "，立即整改。",
        f"（整改期限：{(day + timedelta(days=10)).month}月底前，扣1分）。",
        "；收到通报后5个工作日内完成整改，扣2分。",
    )
    listed = []
    for number, (mill, found) in enumerate(cases.items(), 1):
        if number == len(cases):
            listed = found
            break
        paper.add_paragraph(f"（{'一二三'[number - 1]}）{mill}")
        for at, case in enumerate(found, 1):
            paper.add_paragraph(f"{at}.{case.statement.rstrip('。')}{ends[at - 1]}")
    table = paper.add_table(rows=1 + len(listed), cols=4)
    table.style = "Table Grid"
    for column, head in enumerate(("序号", "存在问题", "责任单位", "整改期限")):
        table.cell(0, column).text = head
    for at, case in enumerate(listed, 1):
        for column, text in enumerate(
            (str(at), case.statement, case.unit.shown, "长期坚持" if at == 2 else "12月10日前")
        ):
            table.cell(at, column).text = text
    for words in (
        "二、工作要求",
        "（一）各单位要举一反三，逐条整改。",
        "（二）请于12月15日前将整改情况报安全管理部。",
        "安全管理部",
    ):
        paper.add_paragraph(words)
    paper.add_paragraph(f"{day.year}年{day.month}月{day.day}日")
    return _same_bytes(paper)


def _same_bytes(paper: Any) -> bytes:
    """The package without the moment it was written at: the demo group is the same every time."""
    written, out = BytesIO(), BytesIO()
    paper.save(written)
    with ZipFile(written) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(ZipInfo(info.filename, (2024, 1, 1, 0, 0, 0)), old.read(info.filename), ZIP_DEFLATED)
    return out.getvalue()
