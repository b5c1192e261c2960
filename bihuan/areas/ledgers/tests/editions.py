"""Two editions of one ledger, the second edited at random, and exactly what was edited."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from bihuan.areas.ledgers import wishes
from bihuan.areas.ledgers.actions.correct_import import correct_import
from bihuan.areas.ledgers.actions.load_import import load_import
from bihuan.areas.ledgers.actions.start_import import start_import
from bihuan.areas.ledgers.models import LedgerImport

from .files import Page, as_csv, as_xlsx
from .truth import GRADE, STATUS, Truth, dotted, truths, written

#: header → what is in it, two ways of calling each column
HEADS = {
    "seq": ("序号", "项次"),
    "found_at": ("检查时间", "发现日期"),
    "unit": ("责任单位", "整改部门"),
    "place": ("地点", "隐患部位"),
    "statement": ("问题描述", "隐患内容"),
    "category": ("问题类别", "隐患类别"),
    "grade": ("隐患等级", "等级"),
    "measure": ("整改措施", "防范措施"),
    "person": ("责任人", "整改责任人"),
    "due": ("整改期限", "完成时限"),
    "progress": ("整改状态", "整改进度"),
    "remark": ("备注", "备注"),
}
STATES = ("not_started", "in_progress", "done")


@dataclass
class Edition:
    """`rows`: one dictionary per problem, `id` its identity across editions. What was edited stands beside them."""

    rows: list[dict[str, Any]]
    changed: dict[int, set[str]] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)
    added: set[int] = field(default_factory=set)


def first(seed: int, count: int) -> Edition:
    return Edition([_row(number, truth) for number, truth in enumerate(truths(seed, count))])


def _row(number: int, truth: Truth) -> dict[str, Any]:
    return {
        "id": number, "found_at": truth.found_at, "unit": truth.unit, "place": truth.place,
        "statement": truth.statement, "category": truth.category, "grade": truth.grade, "measure": truth.measure,
        "person": truth.person, "due": truth.due, "progress": random.Random(number).choice(STATES),
        "remark": "" if number % 3 else f"第 {number} 号照片",
    }  # fmt: skip


def edited(old: Edition, seed: int) -> Edition:
    """Some cells changed, some rows out, some in, all in another order; never two edits of one cell."""
    rng = random.Random(seed)
    rows = [dict(row) for row in old.rows]
    new = Edition(rows)
    for row in rng.sample(rows, max(1, len(rows) // 8)):
        new.gone.add(row["id"])
    new.rows = [row for row in rows if row["id"] not in new.gone]
    for row in rng.sample(new.rows, len(new.rows) // 3):
        codes = rng.sample(
            ["found_at", "statement", "place", "measure", "due", "progress", "remark", "grade"],
            rng.randint(1, 2),
        )
        new.changed[row["id"]] = set(codes)
        for code in codes:
            row[code] = _another(row, code, rng)
    for truth in truths(seed + 5000, 3):
        row = _row(1000 + truth.number, truth)
        if all(row["statement"] != other["statement"] for other in old.rows):
            new.added.add(row["id"])
            new.rows.append(row)
    rng.shuffle(new.rows)
    return new


def _another(row: dict[str, Any], code: str, rng: random.Random) -> Any:
    value = row[code]
    if isinstance(value, date):
        return value + timedelta(days=rng.randint(1, 9))
    if code == "progress":
        return rng.choice([state for state in STATES if state != value])
    if code == "grade":
        return rng.choice([grade for grade in GRADE if grade != value])
    if code == "statement":
        return f"{value}，{rng.choice(('已停用', '须立即处理', '照片见附件'))}"
    return f"{value}（{rng.choice('甲乙丙')}班）"


def as_file(edition: Edition, seed: int, *, layout: int = 0) -> tuple[str, bytes]:
    """`layout` 0 is the office's own; others call the columns otherwise, move them, write days otherwise, or are CSV."""
    rng = random.Random(seed * 31 + layout)
    codes = list(HEADS)
    day = dotted
    if layout:
        rng.shuffle(codes)
        day = rng.choice((written, date.isoformat, dotted))
    heads = [HEADS[code][1 if layout and rng.random() < 0.6 else 0] for code in codes]
    table = [heads, *([_cell(row, code, n, day) for code in codes] for n, row in enumerate(edition.rows, 1))]
    title = [["秋季安全大检查问题台账", *[None] * (len(codes) - 1)]] if rng.random() < 0.5 else []
    page = Page(rng.choice(("台账", "Sheet1", "汇总")), [*title, *table])
    if layout and rng.random() < 0.5:
        return "问题清单.csv", as_csv(page, rng.choice(("utf-8-sig", "gb18030")))
    return "秋检台账.xlsx", as_xlsx([page])


def _cell(row: dict[str, Any], code: str, number: int, day: Any) -> Any:
    value = number if code == "seq" else row[code]
    if isinstance(value, date):
        return day(value)
    return {**STATUS, **GRADE}.get(value, value) if code in ("progress", "grade") else value or None


def read(
    world: Any, data: bytes, name: str, *, who: str = "safety_officer", unit: str = "hot_mill"
) -> LedgerImport:
    """Uploaded, with every name the organisation does not know settled: units go home, people stay words."""
    by = world.actor(who)
    ledger = start_import(data=data, filename=name, home=world.unit(unit), by=by, at=world.at)
    wished = wishes.with_names(ledger.wishes, "units", dict.fromkeys(ledger.names.get("units", {}), "home"))
    wished = wishes.with_names(wished, "people", dict.fromkeys(ledger.names.get("people", {}), "text"))
    if wished != {
        **ledger.wishes,
        "units": ledger.wishes.get("units", {}),
        "people": ledger.wishes.get("people", {}),
    }:
        ledger = correct_import(ledger=ledger, wishes=wished, by=by, at=world.at)
    return ledger


def loaded(world: Any, ledger: LedgerImport, *, who: str = "safety_officer") -> LedgerImport:
    return load_import(ledger=ledger, by=world.actor(who), at=world.at)
