"""The roles one can step into in the demo group: for each, the first people who got it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bihuan.kernel.moment import local_day
from bihuan.org.models import Account, Grant
from bihuan.org.roles import ADMINISTRATORS, ROLES

_EACH = {"supervisor": 2, "unit_head": 2, "unit_liaison": 2, "worker": 2}
_GROUPS = (
    ("督办和巡察", ("inspection_office", "safety_officer", "supervisor", "rules_keeper", "duty_officer")),
    ("巡察的各方", ("department_officer", "discipline_officer", "clue_registrar", "upper_checker")),
    ("责任单位", ("unit_head", "unit_liaison", "verifier", "worker", "branch_secretary")),
    ("领导", ("group_leader",)),
    ("三员", ADMINISTRATORS),
)


@dataclass(frozen=True, slots=True)
class DemoPlace:
    group: str
    account_id: int
    name: str
    unit: str
    role: str
    note: str


def demo_places(at: datetime) -> list[DemoPlace]:
    """Grouped and in a fixed order. Only accounts that are open and whose person holds the role today."""
    grants = (
        Grant.objects.standing(local_day(at))
        .filter(person__account__is_active=True)
        .select_related("person__unit")
        .order_by("id")
    )
    first: dict[str, list[Grant]] = {}
    for grant in grants:
        held = first.setdefault(grant.role, [])
        if len(held) < _EACH.get(grant.role, 1) and all(g.person_id != grant.person_id for g in held):
            held.append(grant)
    people = {g.person_id for held in first.values() for g in held}
    accounts = dict(Account.objects.filter(person__in=people).values_list("person_id", "pk"))
    return [
        DemoPlace(
            group,
            accounts[g.person_id],
            g.person.name,
            str(g.person.unit or ""),
            ROLES[code].label,
            ROLES[code].note,
        )
        for group, codes in _GROUPS
        for code in codes
        for g in first.get(code, ())
    ]
