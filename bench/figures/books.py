"""Excel in and out: 7-stack promises 100,000 rows in ≤ 30 s, and out in < 300 MB; here in parts of that."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from functools import cache
from io import BytesIO

from bench.contract import Figure
from bench.place import PROBLEMS, house

READ, LOADED = 8_500, 2_000
SECONDS_PER_ROW = 30 / 100_000
_HEAD_1 = ("序号", "检查时间", "问题情况", None, None, None, None, "整改情况", None, None, None, "备注")
_HEAD_2 = (
    None,
    None,
    "责任单位",
    "地点",
    "问题描述",
    "问题类别",
    "等级",
    "整改措施",
    "责任人",
    "整改期限",
    "销号情况",
    None,
)


@cache
def ledger_file(rows: int, seed: int = 0) -> bytes:
    """Twelve columns under two rows of merged heads, a title, a foot; the dates written in four ways."""
    import xlsxwriter

    content = BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    sheet = book.add_worksheet("问题汇总")
    sheet.merge_range(0, 0, 0, 11, "晋岭钢铁集团 2025 年安全检查问题台账")
    for column in (0, 1, 11):
        sheet.merge_range(1, column, 2, column, _HEAD_1[column])
    sheet.merge_range(1, 2, 1, 6, "问题情况")
    sheet.merge_range(1, 7, 1, 10, "整改情况")
    for column, head in enumerate(_HEAD_2):
        if head:
            sheet.write(2, column, head)
    for n in range(rows):
        day = f"{n % 28 + 1}"
        found = (f"2025.3.{day}", f"2025年3月{day}日", f"2025-03-{day:0>2}", f"2025/3/{day}")[n % 4]
        line = (
            n + 1, found, ("精整车间", "加热炉车间", "热轧厂")[n % 3], f"{n % 9} 号线",
            f"{seed}-{n} 号辊道防护罩缺失，检修人员可触及", ("机械防护", "电气", "消防")[n % 3], "一般", "补装并验收",
            ("牛晓东", "任秀英")[n % 2], f"2025.4.{day}", ("已销号", "整改中")[n % 2], "",
        )  # fmt: skip
        sheet.write_row(n + 3, 0, line)
    sheet.write(rows + 3, 0, "填表说明：本表每周五更新")
    book.close()
    return content.getvalue()


def _seconds(work) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _dry_run() -> float:
    from bihuan.areas.ledgers.directory import OrgDirectory
    from bihuan.areas.ledgers.reading.read import read_ledger

    place, data = house(), ledger_file(READ)
    directory = OrgDirectory(home=place.world.unit("hot_mill"), day=place.at.date(), wishes={})

    def once() -> None:
        reading = read_ledger(data, "台账.xlsx", base=place.at.date(), directory=directory)
        assert len(reading.rows) == READ, reading.counts

    return _seconds(once)


def _openpyxl_read() -> float:
    """Only taking the cells out of the file, as most imports do it."""
    from openpyxl import load_workbook

    data = ledger_file(READ)
    return _seconds(
        lambda: [list(row) for row in load_workbook(BytesIO(data)).active.iter_rows(values_only=True)]
    )


def _load() -> float:
    from bihuan.areas.ledgers.actions.load_import import load_import
    from bihuan.areas.ledgers.actions.read_import import read_import
    from bihuan.areas.ledgers.actions.start_import import start_import

    place = house()
    home = place.world.unit("hot_mill")
    ledger = start_import(
        data=ledger_file(LOADED, 1), filename="台账.xlsx", home=home, by=place.by, at=place.at
    )
    if ledger.state == "reading":
        ledger = read_import(ledger=ledger, by=place.by, at=place.at)
    assert not ledger.counts.get("fix"), ledger.counts
    return _seconds(lambda: load_import(ledger=ledger, by=place.by, at=place.at))


def _row_by_row() -> float:
    """The same rows taken over one after the other, each in its own transaction; a tenth of them, times ten."""
    from bench.group import Staffed
    from bench.place import ledger_row
    from bihuan.problems.actions.take_over import take_over

    place, staffed, tenth = house(), Staffed(), LOADED // 10
    rows = [ledger_row(place.at, staffed, number, "single") for number in range(tenth)]

    def each() -> None:
        for row in rows:
            take_over(source="ledger", rows=[row], by=place.by, at=place.at)

    return _seconds(each) * 10


_OURS = """
import resource, sys, django
django.setup()
from django.utils import timezone
from pathlib import Path
from bihuan.config.exports import written
rows = written("standard", Path(sys.argv[1]), at=timezone.now())
assert rows >= int(sys.argv[2]), rows
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""
_PLAIN = """
import resource, sys, django
django.setup()
from openpyxl import Workbook
from bihuan.problems.models import Problem
book = Workbook()
for p in list(Problem.objects.select_related("unit", "lead").prefetch_related("measures", "assisting")):
    book.active.append([p.number, p.statement, p.source, p.found_on, p.place, p.basis, p.category, p.grade, p.unit.name,
                        p.lead.name if p.lead else p.lead_text, "、".join(u.name for u in p.assisting.all()), p.timing,
                        p.demand, "；".join(m.text for m in p.measures.all()), p.first_due_on, p.due_on, p.progress,
                        p.closure, p.taken_over, p.stated_closed_on])
book.save(sys.argv[1])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


@cache
def _written(code: str) -> tuple[float, float]:
    """Seconds and megabytes of a process of its own that writes the whole ledger."""
    house()
    out = f"{os.environ['BIHUAN_DATA']}/out.xlsx"
    start = time.perf_counter()
    asked = [sys.executable, "-c", code, out, str(PROBLEMS)]
    ran = subprocess.run(asked, check=True, capture_output=True, text=True)
    return time.perf_counter() - start, float(ran.stdout.strip().splitlines()[-1])


FIGURES = (
    Figure(
        "import-read", f"试运行 {READ} 行、12 列、合并表头", "s", READ * SECONDS_PER_ROW, ours=_dry_run, baseline=_openpyxl_read
    ),
    Figure("import-load", f"导入 {LOADED} 行，一个事务", "s", LOADED * SECONDS_PER_ROW, ours=_load, baseline=_row_by_row, late=True),
    Figure(
        "export", "整本台账导出为标准台账，含启动", "s", 10,
        ours=lambda: _written(_OURS)[0], baseline=lambda: _written(_PLAIN)[0],
    ),
    Figure(
        "export-memory", "导出时的内存", "MB", 300,
        ours=lambda: _written(_OURS)[1], baseline=lambda: _written(_PLAIN)[1],
    ),
)  # fmt: skip
