"""Take in units from a sheet: a dry run says what each row would do, then all of it in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused
from bihuan.org.models import Unit

from .open_unit import NewUnit, open_units

NEW, SAME, WRONG = "new", "same", "wrong"
Row = tuple[int, dict[str, str]]


@dataclass(frozen=True, slots=True)
class RowVerdict:
    """What one row would do: new (taken), same (there already, left alone), wrong (with the reason)."""

    number: int
    what: str
    words: str
    shown: str


def judge_units(rows: Sequence[Row]) -> tuple[list[RowVerdict], list[NewUnit]]:
    """The dry run: a verdict per row, and the units that would be made. Two queries."""
    kinds = {label: code for code, label in Unit.Kind.choices} | {
        "厂": "mill",
        "车间": "workshop",
        "作业区": "workshop",
    }
    there = {unit.code: unit for unit in Unit.objects.all()}
    has_group = any(unit.parent_id is None for unit in there.values())
    codes = _codes(rows, there)
    verdicts, news, seen = [], [], set()
    for number, row in rows:
        code, name = row["单位编码"], row["单位名称"]
        words = _fault(row, codes, kinds, seen)
        above = codes.get(row["上级"]) if row["上级"] else None
        if not words and not above and code not in there and has_group:
            words = "集团已经有了，这一行要填上级"
        if words:
            verdicts.append(RowVerdict(number, WRONG, words, name))
            continue
        seen.add(code)
        if code in there:
            differs = there[code].name != name
            verdicts.append(
                RowVerdict(
                    number,
                    SAME,
                    f"已有“{there[code].name}”，更名请到单位页办" if differs else "已有，不动",
                    name,
                )
            )
            continue
        kind = kinds.get(row.get("类别") or "", "department") if above else Unit.Kind.GROUP
        has_group = has_group or not above
        news.append(NewUnit(code, name, kind, above, row.get("简称", "")))
        verdicts.append(RowVerdict(number, NEW, f"新增{Unit.Kind(kind).label}", name))
    return verdicts, news


def _codes(rows: Sequence[Row], there: dict[str, Unit]) -> dict[str, str]:
    """Every way a superior may be written -> its code: code, full name, short name; in the sheet and in the tree."""
    codes: dict[str, str] = {}
    for unit in there.values():
        codes |= {word: unit.code for word in (unit.short_name, unit.name) if word}
    for _, row in rows:
        codes |= {word: row["单位编码"] for word in (row.get("简称", ""), row["单位名称"]) if word}
    codes |= {code: code for code in there}
    return codes | {row["单位编码"]: row["单位编码"] for _, row in rows if row["单位编码"]}


def _fault(row: dict[str, str], codes: dict[str, str], kinds: dict[str, str], seen: set[str]) -> str:
    if not row["单位编码"] or not row["单位名称"]:
        return "编码和名称都要填"
    if row["单位编码"] in seen:
        return f"编码 {row['单位编码']} 在表里出现了两次"
    if row["上级"] and row["上级"] not in codes:
        return f"上级“{row['上级']}”在表里和系统里都没有"
    if row["上级"] and codes[row["上级"]] == row["单位编码"]:
        return "上级写成了自己"
    if row.get("类别") and row["类别"] not in kinds:
        return f"没有类别“{row['类别']}”，可填：{'、'.join(Unit.Kind.labels)}"
    return ""


@transaction.atomic
def import_units(*, rows: Sequence[Row], on: date, by: Actor, at: datetime) -> int:
    """All rows or none: raises Refused while any row is wrong. Returns how many units are new."""
    verdicts, news = judge_units(rows)
    wrong = [verdict for verdict in verdicts if verdict.what == WRONG]
    if wrong:
        raise Refused(
            f"还有 {len(wrong)} 行不对，一行也没有写入", f"先改第 {wrong[0].number} 行：{wrong[0].words}"
        )
    return len(open_units(units=news, on=on, by=by, at=at)) if news else 0
