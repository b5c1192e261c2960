"""What each row of a sheet would do, and why not: the dry run of the imports. Nothing is written here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bihuan.kernel.refused import Refused
from bihuan.org.models import Grant, PartyOrg, Person, Unit
from bihuan.org.roles import ROLES

NEW, SAME, WRONG = "new", "same", "wrong"
Row = tuple[int, dict[str, str]]


@dataclass(frozen=True, slots=True)
class RowVerdict:
    """What one row would do: new (taken), same (there already, left alone), wrong (with the reason)."""

    number: int
    what: str
    words: str
    shown: str


def judge_units(rows: Sequence[Row]) -> tuple[list[RowVerdict], list[dict]]:
    """The dry run: a verdict per row, and the fields of the units that would be made."""
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
        words = _unit_fault(row, codes, kinds, seen)
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
        news.append(
            {
                "code": code,
                "name": name,
                "kind": kind,
                "parent_code": above,
                "short_name": row.get("简称", ""),
            }
        )
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


def _unit_fault(row: dict[str, str], codes: dict[str, str], kinds: dict[str, str], seen: set[str]) -> str:
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


def _by_words(model: type[Unit] | type[PartyOrg]) -> dict[str, Unit | PartyOrg]:
    """Name, short name or code -> node. A word that fits two nodes fits none: it is left to a person."""
    words: dict[str, Unit | PartyOrg] = {}
    twice: set[str] = set()
    for node in model.objects.filter(closed_on=None):
        for word in {node.code, node.name, node.short_name} - {""}:
            if word in words:
                twice.add(word)
            words[word] = node
    return {word: node for word, node in words.items() if word not in twice}


def judge_people(rows: Sequence[Row]) -> tuple[list[RowVerdict], list[dict]]:
    """The dry run: a verdict per row, and what would be known of each new person: their fields, and `party` with `duty`."""
    units, parties = _by_words(Unit), _by_words(PartyOrg)
    there = {p.staff_no: p for p in Person.objects.select_related("unit")}
    verdicts, news, seen = [], [], set()
    for number, row in rows:
        staff_no, name, unit = row["工号"], row["姓名"], units.get(row["单位"])
        words = _person_fault(row, unit, parties, seen)
        seen.add(staff_no)
        if words:
            verdicts.append(RowVerdict(number, WRONG, words, name))
        elif staff_no in there:
            verdicts.append(RowVerdict(number, SAME, _known(there[staff_no], name, unit), name))
        else:
            news.append(
                {
                    "staff_no": staff_no,
                    "name": name,
                    "unit": unit,
                    "title": row.get("职务", ""),
                    "phone": row.get("手机", ""),
                    "party": parties.get(row.get("党组织", "")),
                    "duty": row.get("党内职务", ""),
                }
            )
            verdicts.append(RowVerdict(number, NEW, f"新增到{unit}", name))
    return verdicts, news


def _person_fault(row: dict[str, str], unit: Unit | None, parties: dict, seen: set[str]) -> str:
    if not row["工号"] or not row["姓名"]:
        return "工号和姓名都要填"
    if row["工号"] in seen:
        return f"工号 {row['工号']} 在表里出现了两次"
    if unit is None:
        return f"没有单位“{row['单位']}”，或有几个同名的，改填编码" if row["单位"] else "没有填单位"
    if row.get("党组织") and row["党组织"] not in parties:
        return f"没有党组织“{row['党组织']}”，先建党组织"
    if (unknown := _unknown_role(row)) != "":
        return f"没有角色“{unknown}”，可填：{'、'.join(role.label for role in ROLES.values())}"
    return ""


def _roles_of(row: dict[str, str]) -> list[str]:
    return [
        part
        for part in row.get("角色", "").replace("，", "、").replace(",", "、").split("、")
        if part.strip()
    ]


def _unknown_role(row: dict[str, str]) -> str:
    labels = {role.label for role in ROLES.values()}
    return next((part for part in _roles_of(row) if part.strip() not in labels), "")


def _known(person: Person, name: str, unit: Unit) -> str:
    if person.name != name:
        return f"工号已是“{person.name}”，同一个人请核对姓名"
    return "已有，不动" if person.unit_id == unit.pk else f"现在在{person.unit}，调动请到人员页办"


def insist_none_wrong(verdicts: Sequence[RowVerdict]) -> None:
    wrong = [verdict for verdict in verdicts if verdict.what == WRONG]
    if wrong:
        raise Refused(
            f"还有 {len(wrong)} 行不对，一行也没有写入", f"先改第 {wrong[0].number} 行：{wrong[0].words}"
        )


def judge_roles(rows: Sequence[Row]) -> tuple[list[RowVerdict], list[tuple[Person, str, Unit]]]:
    """The dry run of the security administrator: whom the sheet gives which role, over the unit of the row."""
    units, there = _by_words(Unit), {p.staff_no: p for p in Person.objects.all()}
    codes = {role.label: role.code for role in ROLES.values()}
    held = {
        (g.person_id, g.role, g.unit_id)
        for g in Grant.objects.filter(revoked_at=None, person__isnull=False, hat=None)
    }
    verdicts, gives = [], []
    for number, row in rows:
        person, unit = there.get(row["工号"]), units.get(row["单位"])
        if not _roles_of(row):
            verdicts.append(RowVerdict(number, SAME, "没有写角色，不动", row["姓名"]))
        elif person is None or unit is None or _unknown_role(row):
            words = (
                "系统里没有这个工号，先导入人员"
                if person is None
                else _person_fault(row, unit, {row.get("党组织"): 1}, set())
            )
            verdicts.append(RowVerdict(number, WRONG, words, row["姓名"]))
        else:
            fresh = [
                part.strip()
                for part in _roles_of(row)
                if (person.pk, codes[part.strip()], unit.pk) not in held
            ]
            gives += [(person, codes[label], unit) for label in fresh]
            words = f"授{'、'.join(fresh)}，在{unit}" if fresh else "已经有了，不动"
            verdicts.append(RowVerdict(number, NEW if fresh else SAME, words, row["姓名"]))
    return verdicts, gives
