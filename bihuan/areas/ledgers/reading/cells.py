"""One cell → the row's values, by the kind of its field. Every assumption becomes a guess with its sentence."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from .content import is_date_text, is_full_date, is_serial
from .draft import Row
from .fields import FIELDS, label_of
from .grid import as_text
from .names import bare_name, looks_like_person, looks_like_title, split_names
from .sheets import Value
from .status_words import PROGRESS_LABELS, read_grade, read_status, read_status_start, read_timing

_CLOSING = re.compile(r"销|闭环|闭合|核销|关闭|结案|归零|验收|复查|复核|核查|closed|verified", re.IGNORECASE)
_SHOWN_DATE = "表格软件可能把它当成了日期"


def read_statement(row: Row, value: Value) -> None:
    """Verbatim: not a blank is changed, because the words of a problem are evidence."""
    text = as_text(value)
    row.values["statement"] = text
    if len(text.strip()) < 4:
        row.problem("short", "statement", f"问题表述只有“{text.strip()}”", "补全问题表述")


def read_text(row: Row, code: str, value: Value) -> None:
    text = as_text(value).strip()
    row.values[code] = text
    if isinstance(value, (date, datetime, time)) and FIELDS[code].kind in ("short", "class", "seq", "code"):
        row.guess(code, text, text, f"{label_of(code)}是日期“{text}”，{_SHOWN_DATE}，请对照原表")


def read_people(row: Row, code: str, value: Value) -> None:
    """The first of several is responsible, the others assist. A date or a state here means shifted cells."""
    text = as_text(value).strip()
    if _is_no_name(row, code, value, text):
        return
    names = split_names(text)
    odd = [name for name in names if not looks_like_person(name) and not looks_like_title(name)]
    if odd or not names:
        row.guess(code, text, text, f"“{(odd or [text])[0]}”不像人名，按原样记，请核对")
    if code == "person" and len(names) > 1:
        row.values["person"] = bare_name(names[0])
        row.add("assist_people", [bare_name(name) for name in names[1:]])
        row.guess(
            code,
            text,
            bare_name(names[0]),
            f"写了 {len(names)} 人，第一人“{bare_name(names[0])}”记作责任人，其余记作配合人员",
        )
    elif code == "assist_people":
        row.add(code, [bare_name(name) for name in names])
    else:
        row.values[code] = "、".join(bare_name(name) if code == "person" else name for name in names) or text


def read_unit(row: Row, code: str, value: Value, *, with_people: bool) -> None:
    """`with_people`: the column's header names people too (责任单位/责任人)."""
    text = as_text(value).strip()
    if _is_no_name(row, code, value, text):
        return
    names = split_names(text)
    if with_people:
        people = [name for name in names[1:] if looks_like_person(name)]
        if people and "person" not in row.values:
            names = [name for name in names if name not in people]
            row.values["person"] = people[0]
            if people[1:]:
                row.add("assist_people", people[1:])
            row.guess("person", text, people[0], "单位和人写在同一格，已分开")
    if code == "assist_units":
        row.add(code, names)
    elif code == "unit" and len(names) > 1:
        row.values["unit"] = names[0]
        row.add("assist_units", names[1:])
        row.guess(
            code,
            text,
            names[0],
            f"写了 {len(names)} 个单位，第一个“{names[0]}”记作责任单位，其余记作配合单位",
        )
    else:
        row.values[code] = "、".join(names) or text


def _is_no_name(row: Row, code: str, value: Value, text: str) -> bool:
    if (
        is_full_date(value)
        or isinstance(value, time)
        or (is_date_text(value) and re.search(r"\d[./年月-]\d", text))
        or is_serial(value)
    ):
        row.values["_date_at_" + code] = value if isinstance(value, (date, datetime)) else text
        row.guess(code, text, "", f"“{text}”是日期，不是{_noun(code)}，没有取，请核对")
        return True
    if read_status(text) and len(text) > 1:
        row.guess(code, text, "", f"“{text}”是进度，不是{_noun(code)}，没有取，请核对")
        row.values.setdefault("_status_at_" + code, text)
        return True
    if re.fullmatch(r"[\d.,%\s]+", text):
        row.guess(code, text, "", f"“{text}”是数字，不是{_noun(code)}，没有取，请核对")
        return True
    return False


def _noun(code: str) -> str:
    return "单位名" if FIELDS[code].kind == "unit" else "人名"


def read_progress(row: Row, value: Value, header: str) -> None:
    if isinstance(value, (int, float)) and (
        0 < value < 1 or (value in (0, 1) and re.search(r"%|率|百分比|进度", header))
    ):
        value = f"{float(value) * 100:.0f}%"
    text = as_text(value).strip()
    row.values["progress_raw"] = text
    if is_date_text(value):
        row.values["progress"] = "done"
        row.values["_date_at_progress"] = value if isinstance(value, (date, datetime)) else text
        row.guess("progress", text, "done", "进度列写的是日期，记作已完成，日期按完成日期看")
        return
    state = read_status(text)
    if not state:
        state = read_status_start(text)
        row.values.setdefault("progress_text", text)
        if state:
            row.guess("progress", text, state, f"按开头的词记作“{PROGRESS_LABELS[state]}”，全文记入整改情况")
        else:
            row.guess("progress", text, "", f"进度词“{text[:20]}”不认得，原样记入整改情况")
    if state == "closed":
        row.values["closed_state"] = "closed"
        row.values["progress"] = "done"
    elif state:
        row.values["progress"] = state


def read_closed(row: Row, value: Value, header: str) -> None:
    """Whether the problem left the loop, as the ledger states it.

    `已整改` in a column 销号情况 is what people write for closed; it is taken so, and marked. In a column of
    verification results the same word only says that it was mended.
    """
    text = as_text(value).strip()
    row.values["closed_raw"] = text
    state = read_status(text) or read_status_start(text)
    named = bool(_CLOSING.search(text))
    plain_yes = text in ("是", "√", "✓", "✔", "Y", "y", "yes", "Yes", "YES")
    closes = state == "done" and (
        plain_yes or re.fullmatch(r"合格|符合|通过", text) or re.search(r"[销消闭归]|关闭|结案", header)
    )
    if state == "closed" or closes:
        row.values["closed_state"] = "closed"
        row.values.setdefault("progress", "done")
        if not named and not plain_yes:
            row.guess("closed_state", text, "closed", f"“{header}”写“{text}”，记作已销号（台账所述）")
    elif state in ("done", "basically_done", "in_progress"):
        row.values["closed_state"] = "open"
        if "progress" not in row.values:
            row.values["progress"] = state
            row.guess(
                "closed_state",
                text,
                "open",
                f"“{header}”写“{text}”，只说了整改，记作{PROGRESS_LABELS[state]}、未销号",
            )
    elif state == "not_started":
        row.values["closed_state"] = "open"
        if not named and text not in ("否", "×", "no", "No", "N") and "progress" not in row.values:
            row.values["progress"] = "not_started"
    elif is_date_text(value):
        row.values["_date_at_closed_state"] = value if isinstance(value, (date, datetime)) else text
        row.values["closed_state"] = "closed"
        row.guess("closed_state", text, "closed", f"“{header}”写的是日期，记作已销号")
    else:
        row.guess("closed_state", text, "", f"“{text[:20]}”看不出是否销号，原样保留")


def read_grade_cell(row: Row, value: Value, scale: dict[str, str]) -> None:
    """Words are understood; bare numbers and letters only where the sheet explains its scale."""
    text = as_text(value).strip()
    row.values["grade_text"] = text
    grade = read_grade(text)
    if grade:
        row.values["grade"] = grade
        return
    sign = re.sub(r"级$", "", text.lower())
    if sign in scale:
        row.values["grade"] = scale[sign]
        label = {"general": "一般", "serious": "较大", "major": "重大"}[scale[sign]]
        row.guess("grade", text, scale[sign], f"按表里的说明，{text}记作{label}")
    else:
        row.guess("grade", text, "", f"等级“{text}”没有说明是几等，原样保留，没有换算")


def read_timing_cell(row: Row, value: Value) -> None:
    text = as_text(value).strip()
    timing = read_timing(text)
    if timing:
        row.values["timing"] = timing
    else:
        row.values["timing_text"] = text
        row.guess("timing", text, "", f"整改类型“{text[:20]}”不认得，原样保留")
