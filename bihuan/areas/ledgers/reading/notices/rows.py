"""Drafts of problems → rows with verdicts, through the same readers of cells as a ledger's."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bihuan.areas.ledgers.reading import cells, settle, when
from bihuan.areas.ledgers.reading.draft import Row, cell_key
from bihuan.areas.ledgers.reading.fields import FIELDS, label_of
from bihuan.areas.ledgers.reading.mapping import Column
from bihuan.areas.ledgers.reading.names import looks_like_person

from .words import is_unit

SHOWN = (
    "seq_no", "statement", "unit", "person", "due", "deduction", "category", "grade", "place", "demand", "basis", "closed_state",
)  # fmt: skip
"""Columns every notice has on its page, filled or not: these are what a person corrects. A notice that says 已当场整改
closes nothing, so it always has a column for closing.
"""
INDEX = {code: at for at, code in enumerate(FIELDS)}
"""The column of a field is the same in every notice, so that a correction stays with its field."""
NO_UNIT, SAY_UNIT = "没有写责任单位", "选责任单位，或导入后再下达"
ORIGINAL, HEADING, NUMBER, EVIDENCE = "原文", "所在标题", "文号", "附表"


@dataclass
class Draft:
    """`said` is field → words as written; `assumed` field → why that is only likely."""

    sheet: str
    no: int
    piece: int = 0
    said: dict[str, str] = field(default_factory=dict)
    assumed: dict[str, str] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)
    remarks: list[tuple[str, str, str]] = field(default_factory=list)
    doubt: str = ""
    parent_unit: str = ""
    front: str = ""
    headings: tuple[int, ...] = ()
    skipped: str = ""

    def put(self, code: str, words: str, why: str = "") -> None:
        """Only where nothing nearer said it."""
        if words and code not in self.said:
            self.said[code] = words
            if why:
                self.assumed[code] = why


def header_of(code: str) -> str:
    return "编号" if code == "seq_no" else label_of(code)


def build(draft: Draft, mended: Mapping[tuple[str, int, int], str], day: date) -> Row:
    """`day` is the day of the document: deadlines count from it. `mended` as in `Overrides.cells`."""
    row = Row(sheet=draft.sheet, source_row=draft.no)
    words = dict(draft.said)
    for code, index in INDEX.items():
        fixed = mended.get((draft.sheet, draft.no, index))
        if fixed is not None:
            words[code] = fixed
            draft.assumed.pop(code, None)
    row.cells = {cell_key(INDEX[code], header_of(code)): words.get(code, "") for code in FIELDS}
    for code in ("due", *FIELDS):
        text = words.get(code, "").strip()
        if text and not (code == "due" and "due" in row.values):
            _read(row, code, text, day)
    for code, why in draft.assumed.items():
        if words.get(code):
            _say(row, code, words[code], why)
    for code, raw, why in draft.remarks:
        row.guess(code, raw, "", why)
    if draft.doubt:
        row.guess("statement", words.get("statement", "")[:60], "", draft.doubt)
    if draft.kept:
        row.values["kept"] = dict(draft.kept)
    if draft.parent_unit and draft.parent_unit != row.text("unit"):
        row.values["parent_unit"] = draft.parent_unit
    if draft.front and row.text("unit") == draft.front:
        row.values["front_unit"] = draft.front
    _finish(row)
    row.skipped = draft.skipped
    return row


def _say(row: Row, code: str, raw: str, why: str) -> None:
    """What was assumed stands before what the reading of the cell assumed on top of it."""
    taken = row.values.get(code)
    shown = taken if isinstance(taken, str) else raw
    row.guessed = [g for g in row.guessed if g.field != code or g.why == why]
    row.guess(code, raw[:60], shown[:60], why)


def _read(row: Row, code: str, text: str, day: date) -> None:
    kind = FIELDS[code].kind
    if kind == "statement":
        cells.read_statement(row, text)
    elif kind == "due":
        _read_due(row, text, day)
    elif kind == "date":
        when.read_day(row, code, text, day, False)
    elif kind == "people":
        _read_person(row, code, text)
    elif kind == "unit":
        cells.read_unit(row, code, re.sub(r"[（(][^（）()]*[)）]$", "", text) or text, with_people=False)
    elif kind == "grade":
        cells.read_grade_cell(row, text, {})
    elif kind == "timing":
        cells.read_timing_cell(row, text)
    elif kind == "progress":
        cells.read_progress(row, text, label_of(code))
    elif kind == "closed":
        cells.read_closed(row, text, label_of(code))
    else:
        cells.read_text(row, code, text)


def _read_due(row: Row, text: str, day: date) -> None:
    """限、请于 and what is to be done are no part of the day; 即日起 alone means at once."""
    plain = re.sub(r"^(?:整改|完成)?(?:期限|时限|时间|日期)\s*[:：]?\s*", "", text).strip()
    if re.fullmatch(r"(?:自)?即日(?:起)?(?:立即)?(?:整改|执行|落实)?", plain):
        row.values.update(timing="immediate", due_text=text)
        return
    when.read_due(row, plain, day, False)
    if row.values.get("due_text"):
        row.values["due_text"] = text
    first = row.guessed[0] if row.guessed and row.guessed[0].field == "due" else None
    if first and "算起" in first.why:
        row.guessed[0] = type(first)(first.field, text, first.taken, f"{first.why}（文件日期）")


def _read_person(row: Row, code: str, text: str) -> None:
    """A unit where a person is asked for stays as words: nobody is looked up under it."""
    bare = re.sub(r"[（(][^（）()]*[)）]", "", text).strip()
    if is_unit(bare) and not looks_like_person(bare):
        row.values[code] = bare
        row.values[f"{code}_id"] = ""
        row.guess(code, text, bare, f"“{label_of(code)}”写的是单位“{bare}”，按原文留着，没有对人")
        return
    cells.read_people(row, code, text)


def _finish(row: Row) -> None:
    settle.settle_progress(row)
    for key in [key for key in row.values if key.startswith("_")]:
        del row.values[key]
    settle.settle_timing(row)
    settle.settle_order(row)
    if "unit" not in row.values:
        row.problem("no_unit", "unit", NO_UNIT, SAY_UNIT)
    if not row.text("statement").strip():
        row.problem("no_statement", "statement", "没有问题表述", "补写问题表述，或跳过这一条", blocking=True)


def columns_of(rows: list[Row]) -> list[Column]:
    """Fields that are always there, and those some problem states."""
    found = []
    for code in FIELDS:
        key = cell_key(INDEX[code], header_of(code))
        if code in SHOWN or any(row.cells.get(key) for row in rows):
            reason = "编号后面的文字，原样" if code == "statement" else "文中写明的，或按标题、统一要求取的"
            found.append(Column(INDEX[code], (header_of(code),), code, 1.0, reason))
    return found
