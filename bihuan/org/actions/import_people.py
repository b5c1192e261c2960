"""Take in people from a sheet, with their place in the party; roles are granted from it by another office."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused
from bihuan.org.models import PartyOrg, Person, Unit
from bihuan.org.roles import ROLES

from .add_person import NewPerson, add_people
from .import_units import NEW, SAME, WRONG, Row, RowVerdict
from .join_party_org import join_party_org


def nodes_by_words(model: type[Unit] | type[PartyOrg]) -> dict[str, Unit | PartyOrg]:
    """Name, short name or code -> node. A word that fits two nodes fits none: it is left to a person."""
    words: dict[str, Unit | PartyOrg] = {}
    twice: set[str] = set()
    for node in model.objects.filter(closed_on=None):
        for word in {node.code, node.name, node.short_name} - {""}:
            if word in words:
                twice.add(word)
            words[word] = node
    return {word: node for word, node in words.items() if word not in twice}


def judge_people(rows: Sequence[Row]) -> tuple[list[RowVerdict], list[NewPerson]]:
    """The dry run: a verdict per row, and the people that would be added."""
    units, parties = nodes_by_words(Unit), nodes_by_words(PartyOrg)
    there = {p.staff_no: p for p in Person.objects.select_related("unit")}
    verdicts, news, seen = [], [], set()
    for number, row in rows:
        staff_no, name, unit = row["工号"], row["姓名"], units.get(row["单位"])
        words = fault_of(row, unit, parties, seen)
        seen.add(staff_no)
        if words:
            verdicts.append(RowVerdict(number, WRONG, words, name))
        elif staff_no in there:
            verdicts.append(RowVerdict(number, SAME, _known(there[staff_no], name, unit), name))
        else:
            news.append(NewPerson(staff_no, name, unit, row.get("职务", ""), row.get("手机", "")))
            verdicts.append(RowVerdict(number, NEW, f"新增到{unit}", name))
    return verdicts, news


def fault_of(row: dict[str, str], unit: Unit | None, parties: dict, seen: set[str]) -> str:
    if not row["工号"] or not row["姓名"]:
        return "工号和姓名都要填"
    if row["工号"] in seen:
        return f"工号 {row['工号']} 在表里出现了两次"
    if unit is None:
        return f"没有单位“{row['单位']}”，或有几个同名的，改填编码" if row["单位"] else "没有填单位"
    if row.get("党组织") and row["党组织"] not in parties:
        return f"没有党组织“{row['党组织']}”，先建党组织"
    if (unknown := unknown_role(row)) != "":
        return f"没有角色“{unknown}”，可填：{'、'.join(role.label for role in ROLES.values())}"
    return ""


def roles_of(row: dict[str, str]) -> list[str]:
    return [
        part
        for part in row.get("角色", "").replace("，", "、").replace(",", "、").split("、")
        if part.strip()
    ]


def unknown_role(row: dict[str, str]) -> str:
    labels = {role.label for role in ROLES.values()}
    return next((part for part in roles_of(row) if part.strip() not in labels), "")


def _known(person: Person, name: str, unit: Unit) -> str:
    if person.name != name:
        return f"工号已是“{person.name}”，同一个人请核对姓名"
    return "已有，不动" if person.unit_id == unit.pk else f"现在在{person.unit}，调动请到人员页办"


@transaction.atomic
def import_people(*, rows: Sequence[Row], on: date, by: Actor, at: datetime) -> int:
    """All rows or none. Raises Refused while any row is wrong. Returns how many people are new."""
    verdicts, news = judge_people(rows)
    insist_none_wrong(verdicts)
    made = (
        {person.staff_no: person for person in add_people(people=news, on=on, by=by, at=at)} if news else {}
    )
    parties = nodes_by_words(PartyOrg)
    for _, row in rows:
        if row.get("党组织") and row["工号"] in made:
            join_party_org(
                person=made[row["工号"]],
                org=parties[row["党组织"]],
                duty=row.get("党内职务", ""),
                on=on,
                by=by,
                at=at,
            )
    return len(made)


def insist_none_wrong(verdicts: Sequence[RowVerdict]) -> None:
    wrong = [verdict for verdict in verdicts if verdict.what == WRONG]
    if wrong:
        raise Refused(
            f"还有 {len(wrong)} 行不对，一行也没有写入", f"先改第 {wrong[0].number} 行：{wrong[0].words}"
        )
