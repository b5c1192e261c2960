"""Ledgers put together at random: other words for every column, other order, other formats. The truth must survive."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from bihuan.areas.ledgers.reading.read import read_ledger

from .files import Page, as_csv, as_xls, as_xlsx
from .truth import BASE, Truth, dotted, serial, short, truths, written

WORDS = {
    "seq_no": "序号 NO. 项次 序列号",
    "found_at": "检查时间 检查日期 发现时间 排查日期 隐患排查时间 查出时间 登记日期 问题发现日期",
    "found_by": "检查人 检查人员 发现人 排查人员 带队人 隐患发现人 检查组长",
    "unit": "责任单位 责任部门 整改部门 牵头单位 被检查单位 单位名称 责任车间 整改责任单位 二级单位 單位",
    "statement": "问题描述 隐患内容 存在的主要问题 安全隐患描述 反馈问题 不合格项描述 检查发现问题 問題描述 隐患简述",
    "category": "隐患类别 问题类型 专业 问题分类 隐患种类 所属专业",
    "grade": "隐患等级 风险级别 等级 问题级别 严重程度",
    "measure": "整改措施 采取的措施 防范措施 整改方案 治理措施",
    "person": "责任人 整改责任人 负责人 落实人 整改负责人 直接责任人",
    "leader": "责任领导 分管领导 包保领导",
    "due": "整改期限 完成时限 要求完成时间 计划完成日期 整改截止日期 限期整改时间",
    "progress": "整改状态 是否完成 完成状态 整改进度 是否整改完成",
    "done_at": "实际完成时间 整改完成日期 完成日期 实际整改时间",
    "place": "地点 隐患部位 检查区域 问题部位 具体位置",
}
STATES = {
    "not_started": "未整改 未开始 未完成 待整改",
    "in_progress": "整改中 正在整改 进行中 推进中",
    "done": "已完成 已整改 整改完成 已整改完成",
    "closed": "已销号 已闭环",
}
GRADES = {"general": "一般 一般隐患", "serious": "较大 较大隐患", "major": "重大 重大隐患"}
DAYS: list[Callable[..., object]] = [
    dotted,
    written,
    lambda d: d,
    lambda d: d.isoformat(),
    lambda d: f"{d:%Y/%m/%d}",
    serial,
    short,
]
TITLES = ["2026年秋季安全大检查问题台账", "晋岭钢铁集团隐患排查治理台账", "附件1"]
FEET = ["填表人：孟凡伟", "备注：本表每周五报送", "说明：1.责任单位填全称", "审核：郝立明"]


def _cells(rng: random.Random) -> dict[str, Callable[[Truth], object]]:
    """How each field is written in this ledger."""
    found, due, done = (rng.choice(DAYS) for _ in range(3))
    states = {code: rng.choice(words.split()) for code, words in STATES.items()}
    grades = {code: rng.choice(words.split()) for code, words in GRADES.items()}
    return {
        "seq_no": lambda t: t.number,
        "found_at": lambda t: found(t.found_at),
        "found_by": lambda t: "杜文静",
        "unit": lambda t: t.unit,
        "statement": lambda t: t.statement,
        "category": lambda t: t.category,
        "grade": lambda t: grades[t.grade],
        "measure": lambda t: t.measure,
        "person": lambda t: t.person,
        "leader": lambda t: "侯振华",
        "due": lambda t: due(t.due),
        "progress": lambda t: states[t.progress],
        "done_at": lambda t: done(t.done_at) if t.done_at else None,
        "place": lambda t: t.place,
    }


def _is(truth: Truth, code: str) -> object:
    if code in ("found_by", "leader"):
        return {"found_by": "杜文静", "leader": "侯振华"}[code]
    if code == "seq_no":
        return str(truth.number)
    if code == "progress":
        return "done" if truth.progress == "closed" else truth.progress
    value = getattr(truth, code)
    return value.isoformat() if code in ("found_at", "due", "done_at") and value else value


def _file(rng: random.Random, rows: list[list[object]]) -> tuple[str, bytes]:
    page = Page("台账", rows)
    kind = rng.choice(["xlsx", "xls", "csv"])
    if kind == "csv":
        return "台账.csv", as_csv(
            page, rng.choice(["utf-8", "utf-8-sig", "gb18030", "utf-16"]), rng.choice(",;\t")
        )
    return f"台账.{kind}", (as_xlsx if kind == "xlsx" else as_xls)([page])


@pytest.mark.parametrize("seed", range(60))
def test_a_ledger_nobody_has_seen(seed: int) -> None:
    rng = random.Random(seed)
    found = truths(seed, rng.randint(3, 14))
    cells = _cells(rng)
    others = [code for code in cells if code not in ("statement", "unit")]
    codes = ["statement", "unit", *rng.sample(others, rng.randint(3, len(others)))]
    rng.shuffle(codes)
    blank = [None] * (len(codes) - 1)
    rows: list[list[object]] = [[rng.choice(TITLES), *blank]] if rng.random() < 0.5 else []
    rows.append([rng.choice(WORDS[code].split()) for code in codes])
    rows += [[cells[code](truth) for code in codes] for truth in found]
    rows += [["合计", *blank[:-1], len(found)]] if rng.random() < 0.3 else []
    rows += [[rng.choice(FEET), *blank]] if rng.random() < 0.5 else []
    name, data = _file(rng, rows)

    reading = read_ledger(data, name, base=BASE)
    assert sorted(row.text("statement") for row in reading.rows) == sorted(truth.statement for truth in found)
    read = {row.text("statement"): row for row in reading.rows}
    for truth in found:
        row = read[truth.statement]
        marked = {guess.field for guess in row.guessed} | {problem.field for problem in row.problems}
        wrong = [code for code in codes if row.values.get(code) != _is(truth, code) and code not in marked]
        assert wrong == [], (wrong, [(column.header, column.field) for column in reading.columns], row.values)
