"""What a layout is: a file, and the values that stand in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from .files import Page
from .truth import GRADE, STATUS, Truth, dotted

Cell = Callable[[Truth], object]
Expected = dict[str, object]


@dataclass
class Sample:
    """`expected` holds one dictionary per problem: field → value as the reading must give it."""

    name: str
    data: bytes
    expected: list[Expected]
    notes: list[str] = field(default_factory=list)


def expect(found: list[Truth], *codes: str) -> list[Expected]:
    return [{code: _value(truth, code) for code in ("statement", *codes)} for truth in found]


def _value(truth: Truth, code: str) -> object:
    if code == "progress":
        return "done" if truth.progress == "closed" else truth.progress
    if code == "closed_state":
        return "closed" if truth.progress == "closed" else "open"
    value = getattr(truth, code)
    return value.isoformat() if code in ("found_at", "due", "done_at") and value else value


def table(found: list[Truth], columns: list[tuple[str, Cell]]) -> list[list[object]]:
    return [[name for name, _ in columns]] + [[cell(truth) for _, cell in columns] for truth in found]


USUAL: list[tuple[str, Cell]] = [
    ("序号", lambda t: t.number),
    ("检查时间", lambda t: t.found_at),
    ("责任单位", lambda t: t.unit),
    ("问题描述", lambda t: t.statement),
    ("类别", lambda t: t.category),
    ("隐患等级", lambda t: GRADE[t.grade]),
    ("整改措施", lambda t: t.measure),
    ("责任人", lambda t: t.person),
    ("整改期限", lambda t: t.due),
    ("整改状态", lambda t: STATUS[t.progress]),
]
USUAL_CODES = ("unit", "category", "grade", "measure", "person", "due", "progress", "found_at")


def two_rows(found: list[Truth]) -> Page:
    rows: list[list[object]] = [["2026年秋季安全大检查问题台账"] + [None] * 9]
    rows.append(["序号", "检查时间", "问题情况", None, None, "整改情况", None, None, None, "备注"])
    rows.append([None, None, "单位", "问题描述", "类别", "措施", "责任人", "时限", "完成情况", None])
    for t in found:
        rows.append(
            [
                t.number,
                dotted(t.found_at),
                t.unit,
                t.statement,
                t.category,
                t.measure,
                t.person,
                dotted(t.due),
                STATUS[t.progress],
                None,
            ]
        )
    merges = [(0, 0, 0, 9), (1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 1, 4), (1, 5, 1, 8), (1, 9, 2, 9)]
    return Page("问题汇总", rows, merges)


TWO_CODES = ("unit", "category", "measure", "person", "due", "progress", "found_at")
