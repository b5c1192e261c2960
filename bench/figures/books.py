"""Excel in and out: 100,000 rows in ≤ 30 s from upload to problems, 8,500 rows looked at in < 5 s, out in < 300 MB."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from functools import cache
from io import BytesIO
from itertools import count
from pathlib import Path
from random import Random

from bench.contract import Figure, seconds
from bench.place import PROBLEMS, house

LOOKED_AT, BROUGHT_IN = 8_500, int(os.environ.get("BENCH_ROWS", "100000"))
#: plain ways are measured on a part and stand for the whole: their time and memory grow with the rows
PLAIN_IMPORT, PLAIN_EXPORT = 1_000, 10_000
_SEEDS = count(2)
_HEAD_1 = ("序号", "检查时间", "问题情况", None, None, None, None, "整改情况", None, None, None, "备注")
_HEAD_2 = (
    None, None, "责任单位", "地点", "问题描述", "问题类别", "等级", "整改措施", "责任人", "整改期限", "销号情况", None,
)  # fmt: skip


@cache
def ledger_file(rows: int, seed: int = 0) -> bytes:
    """Twelve columns under two rows of merged heads, a title, a foot; the dates written in four ways."""
    import xlsxwriter

    content = BytesIO()
    book = xlsxwriter.Workbook(content, {"constant_memory": True})
    sheet = book.add_worksheet("问题汇总")
    sheet.merge_range(0, 0, 0, 11, "晋岭钢铁集团 2025 年安全检查问题台账")
    for column in range(12):
        sheet.write(1, column, _HEAD_1[column] or "")
    for column, head in enumerate(_HEAD_2):
        sheet.write(2, column, head or "")
    sheet.merge += [[1, column, 2, column] for column in (0, 1, 11)] + [[1, 2, 1, 6], [1, 7, 1, 10]]
    for n, line in enumerate(_lines(rows, seed), 3):
        sheet.write_row(n, 0, line)
    sheet.write(rows + 3, 0, "填表说明：本表每周五更新")
    book.close()
    return content.getvalue()


def _lines(rows: int, seed: int):
    from bench.group import PLANTS, Staffed
    from bench.sayings import finding

    staffed, chance = Staffed(), Random(seed)
    for n in range(rows):
        plant = PLANTS[n % len(PLANTS)]
        unit = chance.choice(staffed.below[plant])
        said, category, spot, _, measure = finding(plant, chance)
        day = n % 28 + 1
        found = (f"2025.3.{day}", f"2025年3月{day}日", f"2025-03-{day:02}", f"2025/3/{day}")[n % 4]
        yield (
            n + 1, found, unit.name, spot, f"{said}（{seed}-{n}）", category, "一般", measure,
            chance.choice(staffed.people[unit.pk]).name, f"2025.4.{day}", ("已销号", "整改中")[n % 4 == 3], "",
        )  # fmt: skip


def _look() -> float:
    from bihuan.areas.ledgers.directory import OrgDirectory
    from bihuan.areas.ledgers.reading.read import read_ledger

    place, data = house(), ledger_file(LOOKED_AT)
    directory = OrgDirectory(home=place.world.unit("hot_mill"), day=place.at.date(), wishes={})

    def once() -> None:
        reading = read_ledger(data, "台账.xlsx", base=place.at.date(), directory=directory)
        assert len(reading.rows) == LOOKED_AT, reading.counts

    return seconds(once)


def _openpyxl(rows: int) -> float:
    """Only taking the cells out of the file, as most imports do it."""
    from openpyxl import load_workbook

    data = ledger_file(rows)
    return seconds(
        lambda: [list(row) for row in load_workbook(BytesIO(data)).active.iter_rows(values_only=True)]
    )


@cache
def _brought_in() -> dict[str, float]:
    """In a process of its own, so that its memory can be told. The file is made before."""
    file = Path(os.environ["BIHUAN_DATA"]) / "bench.xlsx"
    file.write_bytes(ledger_file(BROUGHT_IN, 1))
    asked = [sys.executable, "-m", "bench.importing", str(file)]
    ran = subprocess.run(asked, check=True, stdout=subprocess.PIPE, text=True)
    found = json.loads(ran.stdout.strip().splitlines()[-1])
    assert found["rows"] == BROUGHT_IN, found
    return found


def _part_in() -> None:
    """What `--profile` looks at: a tenth of it, in this process. Each time another ledger: what is there already is
    no import."""
    from bench.importing import bring_in

    bring_in(ledger_file(BROUGHT_IN // 10, next(_SEEDS)))


@cache
def _created() -> float:
    """The rows as plain Django writes them: four objects a row, one INSERT each, in one transaction; a part of
    them, times the rest. No numbers, rules, search or matching."""
    from django.db import transaction

    from bench.group import Staffed
    from bench.place import ledger_row
    from bihuan.problems.models import Measure, Part, Problem, TakeOver
    from bihuan.record.models import Event

    place, staffed = house(), Staffed()
    rows = [ledger_row(place.at, staffed, n, "plain") for n in range(PLAIN_IMPORT)]

    def each() -> None:
        for n, row in enumerate(rows):
            problem = Problem.objects.create(
                number=f"P-{time.time_ns()}-{n}", source="ledger", origin_key=row.origin_key, unit=row.unit,
                statement=row.statement, raised_at=place.at, changed_at=place.at, **row.details,
            )  # fmt: skip
            TakeOver.objects.create(problem=problem, done_at=place.at)
            for order, draft in enumerate(row.measures):
                Measure.objects.create(problem=problem, order=order, text=draft.text)
            if problem.lead_id:
                Part.objects.create(problem=problem, round=1, person_id=problem.lead_id, side="rectify")
            Event.objects.create(
                stream=f"plain:{problem.pk}", seq=1, kind="plain", by_kind="system", hash="",
                occurred_at=place.at, recorded_at=place.at,
            )  # fmt: skip

    def undone() -> None:
        with transaction.atomic():
            each()
            transaction.set_rollback(True)

    return seconds(undone) * BROUGHT_IN / PLAIN_IMPORT


_OURS = """
import sys, django
django.setup()
from django.utils import timezone
from pathlib import Path
from bench.memory import peak_mb
from bihuan.config.exports import written
print(written("standard", Path(sys.argv[1]), at=timezone.now()), peak_mb())
"""
_PLAIN = """
import sys, django
django.setup()
from openpyxl import Workbook
from bench.memory import peak_mb
from bihuan.problems.models import Problem
book, rows = Workbook(), int(sys.argv[2])
bare = peak_mb()
for p in list(Problem.objects.select_related("unit", "lead").prefetch_related("measures", "assisting")[:rows]):
    book.active.append([p.number, p.statement, p.source, p.found_on, p.place, p.basis, p.category, p.grade, p.unit.name,
                        p.lead.name if p.lead else p.lead_text, "、".join(u.name for u in p.assisting.all()), p.timing,
                        p.demand, "；".join(m.text for m in p.measures.all()), p.first_due_on, p.due_on, p.progress,
                        p.closure, p.taken_over, p.stated_closed_on])
book.save(sys.argv[1])
print(book.active.max_row, bare, peak_mb())
"""


def _run(code: str, *asked: object) -> tuple[float, list[float]]:
    house()
    out = f"{os.environ['BIHUAN_DATA']}/out.xlsx"
    start = time.perf_counter()
    command = [sys.executable, "-c", code, out, *map(str, asked)]
    ran = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return time.perf_counter() - start, [float(word) for word in ran.stdout.split()]


@cache
def _written() -> tuple[float, float]:
    """Seconds and MB of a process of its own that writes the whole ledger."""
    taken, (rows, peak) = _run(_OURS)
    assert rows >= PROBLEMS, rows
    return taken, peak


@cache
def _plainly_written() -> tuple[float, float]:
    """The same with a list of all rows and openpyxl, from a part: both grow with the rows."""
    taken, (rows, bare, peak) = _run(_PLAIN, min(PROBLEMS, PLAIN_EXPORT))
    times = PROBLEMS / rows
    return taken * times, bare + (peak - bare) * times


def _export_part() -> None:
    """What `--profile` looks at: one plant's problems, in this process."""
    from django.utils import timezone

    from bihuan.config.exports import written

    house()
    written("standard", Path(os.environ["BIHUAN_DATA"]) / "part.xlsx", query="q=行车", at=timezone.now())


_ROWS = f"{BROUGHT_IN:,}".replace(",", " ")
FIGURES = (
    Figure(
        "look", f"试运行 {LOOKED_AT} 行、12 列、合并表头；基线：openpyxl 只取出格子", "s", 5,
        ours=_look, baseline=lambda: _openpyxl(LOOKED_AT), grows=False,
    ),
    Figure(
        "import", f"{_ROWS} 行从上传到成为问题，连同事件；基线：openpyxl 读加逐行 create", "s", 30,
        ours=lambda: _brought_in()["read"] + _brought_in()["load"],
        baseline=lambda: _openpyxl(BROUGHT_IN) + _created(), late=True, profiled=_part_in,
    ),
    Figure(
        "import-read", f"其中读表、对单位和人、存下各行，{_ROWS} 行；基线：openpyxl 只取出格子", "s", 15,
        ours=lambda: _brought_in()["read"], baseline=lambda: _openpyxl(BROUGHT_IN), late=True, profiled=_part_in,
    ),
    Figure(
        "import-load", f"其中写成问题，{_ROWS} 行一个事务；基线：逐行 create，没有编号、索引和链", "s", 15,
        ours=lambda: _brought_in()["load"], baseline=_created, late=True, profiled=_part_in,
    ),
    Figure(
        "import-memory", f"导入 {_ROWS} 行时的内存峰值", "MB", 1500,
        ours=lambda: _brought_in()["peak"], late=True, profiled=_part_in, grows=False,
    ),
    Figure(
        "export-memory", "整本台账导出时的内存峰值；基线：列表加 openpyxl，由一万行推算", "MB", 300,
        ours=lambda: _written()[1], baseline=lambda: _plainly_written()[1], profiled=_export_part,
    ),
    Figure(
        "export", "整本台账导出为标准台账，每十万件，含启动", "s", 60,
        ours=lambda: _written()[0] * 100_000 / PROBLEMS if PROBLEMS > 100_000 else _written()[0],
        baseline=lambda: _plainly_written()[0] * 100_000 / max(PROBLEMS, 100_000), profiled=_export_part,
    ),
)  # fmt: skip
