"""Grant roles from the sheet of people: the security administrator's half of the same file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.org.models import Grant, Person, Unit
from bihuan.org.roles import ROLES

from .grant_role import grant_role
from .import_people import fault_of, insist_none_wrong, nodes_by_words, roles_of, unknown_role
from .import_units import NEW, SAME, WRONG, Row, RowVerdict


def judge_roles(rows: Sequence[Row]) -> tuple[list[RowVerdict], list[tuple[Person, str, Unit]]]:
    """The dry run of the security administrator: whom the sheet gives which role, over the unit of the row."""
    units, there = nodes_by_words(Unit), {p.staff_no: p for p in Person.objects.all()}
    codes = {role.label: role.code for role in ROLES.values()}
    held = {
        (g.person_id, g.role, g.unit_id) for g in Grant.objects.filter(revoked_at=None, person__isnull=False)
    }
    verdicts, gives = [], []
    for number, row in rows:
        person, unit = there.get(row["工号"]), units.get(row["单位"])
        if not roles_of(row):
            verdicts.append(RowVerdict(number, SAME, "没有写角色，不动", row["姓名"]))
        elif person is None or unit is None or unknown_role(row):
            words = (
                "系统里没有这个工号，先导入人员"
                if person is None
                else fault_of(row, unit, {row.get("党组织"): 1}, set())
            )
            verdicts.append(RowVerdict(number, WRONG, words, row["姓名"]))
        else:
            fresh = [
                part.strip()
                for part in roles_of(row)
                if (person.pk, codes[part.strip()], unit.pk) not in held
            ]
            gives += [(person, codes[label], unit) for label in fresh]
            words = f"授{'、'.join(fresh)}，在{unit}" if fresh else "已经有了，不动"
            verdicts.append(RowVerdict(number, NEW if fresh else SAME, words, row["姓名"]))
    return verdicts, gives


@transaction.atomic
def import_roles(*, rows: Sequence[Row], on: date, by: Actor, at: datetime) -> int:
    """Grant the roles of the sheet, all or none. Whoever imported the people cannot do this, and the reverse."""
    verdicts, gives = judge_roles(rows)
    insist_none_wrong(verdicts)
    for person, role, unit in gives:
        grant_role(role=role, unit=unit, person=person, from_day=on, by=by, at=at)
    return len(gives)
