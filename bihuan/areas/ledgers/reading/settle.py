"""What can only be said when the whole row is read: shifted cells, several unit columns, order of days, defaults."""

from __future__ import annotations

import re
from datetime import date
from typing import cast

from .draft import Row
from .fields import label_of
from .names import looks_like_unit
from .sheets import Value
from .status_words import PROGRESS_LABELS, read_status, read_status_start
from .when import reading_of

_ROLE_ORDER = (
    "施工",
    "总承包",
    "总包",
    "分包",
    "安装",
    "维保",
    "检修",
    "运行",
    "使用",
    "设备",
    "生产",
    "属地",
    "主体",
    "监理",
    "咨询",
    "设计",
    "勘察",
    "代建",
    "建设",
    "业主",
)


def settle_units(row: Row, by_role: dict[str, str]) -> None:
    """Several columns of responsible units: the one that does the work is responsible, the others assist."""
    if not by_role:
        return
    row.values["unit_roles"] = dict(by_role)
    ranked = sorted(by_role, key=lambda role: _ROLE_ORDER.index(role) if role in _ROLE_ORDER else -1)
    chosen = by_role[ranked[0]]
    row.values["unit"] = chosen
    others = [unit for unit in by_role.values() if unit != chosen]
    if others:
        row.add("assist_units", others)
        row.guess(
            "unit",
            "、".join(by_role.values()),
            chosen,
            f"责任单位分 {len(by_role)} 列填写，{ranked[0]}单位记作责任单位，其余记作配合单位",
        )


def settle_shift(row: Row, base: date, epoch_1904: bool) -> None:
    """Cells moved by one column: the date that stands among the people is the missing day of completion."""
    marks = [key for key in row.values if key.startswith("_date_at_")]
    loose = [(key.removeprefix("_date_at_"), cast(Value, row.values.pop(key))) for key in marks]
    states = {
        key.removeprefix("_status_at_"): str(row.values.pop(key))
        for key in list(row.values)
        if key.startswith("_status_at_")
    }
    if "done_at" not in row.values:
        for source, value in loose:
            if source not in ("progress", "closed_state") and "done_at" not in states:
                continue
            seen = reading_of(value, base, "past", epoch_1904)
            if seen.end is not None:
                row.values["done_at"] = seen.end.isoformat()
                why = "像是错开了一格" if source not in ("progress", "closed_state") else "进度一列写了日期"
                row.guess("done_at", str(value), seen.end.isoformat(), f"{why}，记作完成日期，请核对")
                break
    for source, text in states.items():
        state = read_status(text)
        if state and "progress" not in row.values:
            row.values["progress"] = "done" if state == "closed" else state
            row.guess(
                "progress",
                text,
                str(row.values["progress"]),
                f"“{label_of(source)}”一列写了“{text}”，按进度看",
            )


def settle_progress(row: Row) -> None:
    """A ledger without a column of states still says them at the start of the account."""
    account = row.text("progress_text")
    if account and "progress" not in row.values:
        state = read_status(account)
        sure = bool(state)
        state = state or read_status_start(account)
        if state:
            row.values["progress"] = "done" if state == "closed" else state
            if state == "closed":
                row.values["closed_state"] = "closed"
            if not sure:
                row.guess(
                    "progress", account[:40], state, f"按整改情况开头的词记作“{PROGRESS_LABELS[state]}”"
                )
    if row.values.get("closed_state") == "closed" and row.values.get("progress") in (
        "not_started",
        "in_progress",
    ):
        row.problem("order", "closed_state", "写着已销号，进度却没有完成", "核对进度和销号情况")
    if row.values.get("progress") == "not_started" and "done_at" in row.values:
        row.problem("order", "done_at", "写着未开始，却有完成日期", "核对进度和完成日期")


def settle_order(row: Row) -> None:
    """Found ≤ deadline, found ≤ done. Only a remark: real ledgers break it, often rightly."""
    found = row.text("found_at")
    for code in ("due", "done_at", "verified_at"):
        day = row.text(code)
        if found and day and day < found:
            row.problem(
                "order", code, f"{label_of(code)} {day} 早于发现日期 {found}", f"核对{label_of(code)}"
            )


def settle_timing(row: Row) -> None:
    if "timing" not in row.values and "due" in row.values:
        row.values["timing"] = "time_limited"


def settle_section(row: Row, section: str, has_category: bool, has_unit: bool) -> None:
    """A heading row over several problems: a unit's name or a class."""
    if not section:
        return
    words = re.sub(
        r"^(?:[(（]?[一二三四五六七八九十]{1,3}[)）]?|第[一二三四五六七八九十]{1,3}(?:部分|类|章|节))[、.．,:：\s]*",
        "",
        section.strip(),
    )
    words = re.sub(r"[(（]?\s*(?:共\s*)?\d+\s*[项条个件]\s*[)）]?$", "", words).strip("：: ")
    row.values["section"] = words
    if not has_unit and "unit" not in row.values and looks_like_unit(words):
        row.values["unit"] = words
        row.guess("unit", section, words, f"没有责任单位列，取分段标题“{words}”")
    elif not has_category and "category" not in row.values and words:
        short = re.sub(r"(?:方面|类|问题)+(?:的)?(?:问题)?$", "", words) or words
        row.values["category"] = short
        row.guess("category", section, short, f"没有类别列，取分段标题“{words}”")


def settle_context(row: Row, context: dict[str, str], mapped: set[str], base: date) -> None:
    """What stands above the table holds for rows, where the table has no column for it."""
    for code in (
        "unit",
        "found_unit",
        "found_by",
        "source_name",
        "person",
        "place",
        "project",
        "found_at",
        "due",
    ):
        words = context.get(code, "")
        if not words or code in mapped or code in row.values:
            continue
        taken = words
        if code in ("found_at", "due"):
            seen = reading_of(words, base, "past" if code == "found_at" else "future", False)
            day = seen.start if code == "found_at" else seen.end
            if day is None:
                continue
            taken = day.isoformat()
        row.values[code] = taken
        row.guess(code, words, taken, f"表里没有这一列，取表头上方写的“{words}”")
