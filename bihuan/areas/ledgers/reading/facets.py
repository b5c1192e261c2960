"""A row as a set of comparable values: what counts as the same in two files, and how it is shown.

Dates, states and grades were normalised by the reading; here names with ids, joined fields and kept columns become
comparable too, so that another layout, another way of writing a date or a short unit name is no change.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from bihuan.kernel.text import fold

from .fields import FIELDS, label_of
from .status_words import PROGRESS_LABELS

KEPT_ = "kept:"
#: fields that are no field of comparison: numbering moves with every inserted row, the rest stands in another one
_NOT_OWN = ("seq_no", "project", "closed_state", "result_standard")
_GRADES = {"general": "一般", "serious": "较大", "major": "重大"}
_TIMINGS = {"immediate": "立行立改", "time_limited": "限期整改", "long_term": "长期坚持"}
_STATED = {"closed": "已销号", "open": "未销号"}
_IDS = ("unit", "person", "supervise_unit")
_LINE = ("measure", "person", "due", "result_standard")


@dataclass(frozen=True, slots=True)
class Facet:
    """`norm` decides what is the same; `ident` is the id the organisation gave, if any; `shown` is for people."""

    norm: str
    shown: str
    ident: str = ""

    @property
    def empty(self) -> bool:
        return not self.norm

    def same(self, other: Facet) -> bool:
        if self.norm == other.norm:
            return True
        return bool(self.ident) and self.ident == other.ident


EMPTY = Facet("", "")


def facets(
    values: dict[str, Any], columns: Iterable[str] = (), homed: frozenset[str] = frozenset()
) -> dict[str, Facet]:
    """The comparable values of a row. `columns`: fields the file has, so that an empty cell is an empty value.

    `homed`: unit names that a person sent to the ledger's own unit: there the words say more than the id. Without a
    column for the end a ledger says it by its progress, and is compared by that.
    """
    mapped = set(columns)
    found = {code: EMPTY for code in mapped if code in FIELDS and code not in _NOT_OWN}
    for code in FIELDS:
        if code in values and code not in _NOT_OWN:
            found[code] = _facet(values, code)
    if place := " ".join(words for words in (_text(values, "project"), _text(values, "place")) if words):
        found["place"] = Facet(fold(place), place)
    if "measures" in values or "measure" in found:
        found["measure"] = _measures(values)
    if "result_standard" in mapped or "result_standard" in values:
        found["result_standard"] = _facet(values, "result_standard")
    found.pop("closed_state", None)
    if "closed_state" in mapped:
        stated = "closed" if values.get("closed_state") == "closed" else "open"
        found["closed_state"] = Facet(stated, _STATED[stated])
    if _text(values, "unit") in homed:
        found["unit"] = replace(found["unit"], ident="")
    for header, cell in (values.get("kept") or {}).items():
        found[f"{KEPT_}{header}"] = Facet(fold(str(cell)), str(cell))
    return found


def label(code: str) -> str:
    """The word for a facet: a field's label, or the header of a column that was kept."""
    return code.removeprefix(KEPT_) if code.startswith(KEPT_) else label_of(code)


def _text(values: dict[str, Any], code: str) -> str:
    value = values.get(code)
    if isinstance(value, list):
        return "、".join(str(part) for part in value)
    return "" if value is None else str(value).strip()


def _facet(values: dict[str, Any], code: str) -> Facet:
    text = _text(values, code)
    if code == "due" and not text:
        text = _text(values, "due_text")
    if code == "grade":
        text = text or _text(values, "grade_text")
        return Facet(fold(text), _GRADES.get(text, text))
    if code in ("progress", "timing"):
        return Facet(text, {**PROGRESS_LABELS, **_TIMINGS}.get(text, text))
    if code == "assist_units":
        ids = ",".join(sorted(str(one) for one in values.get("assist_ids") or ()))
        parts = sorted(fold(part) for part in values.get(code) or ())
        return Facet("、".join(parts), text, ids if len(ids.split(",")) == len(parts) else "")
    ident = _text(values, f"{code}_id") if code in _IDS else ""
    return Facet(fold(text), text, ident if ident.isdigit() else "")


def _measures(values: dict[str, Any]) -> Facet:
    """All measures in one: their words, and owner, day and standard where these are not those of the problem."""
    lines = [_line(line, values) for line in values.get("measures") or [values]]
    if len(lines) == 1 and len(lines[0]) < 2:
        text = "".join(lines[0].values())
        return Facet(fold(text), text)
    norm = "\x1e".join("\x1f".join(f"{code}:{fold(text)}" for code, text in line.items()) for line in lines)
    shown = "\n".join(f"{number}. {'，'.join(line.values())}" for number, line in enumerate(lines, 1))
    return Facet(norm, shown)


def _line(line: dict[str, Any], values: dict[str, Any]) -> dict[str, str]:
    found = {code: _text(line, code) for code in _LINE}
    return {
        code: text
        for code, text in found.items()
        if text and (code == "measure" or text != _text(values, code))
    }
