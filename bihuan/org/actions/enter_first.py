"""The first start of an empty installation: the group, and the three administrators."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import SYSTEM
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Invalid, Refused
from bihuan.org.models import Account, Unit
from bihuan.org.roles import ADMINISTRATORS

from .add_person import add_person
from .grant_role import grant_role
from .load_rule_packs import load_rule_packs
from .load_special_days import load_special_days
from .open_account import open_account
from .open_unit import open_unit


@dataclass(frozen=True, slots=True)
class FirstAdministrator:
    name: str
    staff_no: str


@transaction.atomic
def enter_first(
    *, group_name: str, short_name: str, administrators: Sequence[FirstAdministrator], at: datetime
) -> list[tuple[Account, str]]:
    """Returns the three accounts with their initial passwords, in the order system, security, audit.

    Only while there is no account and no group; two who start at once: one wins by the constraint on the root.
    """
    _check(group_name, administrators)
    day = local_day(at)
    root = Unit.objects.filter(parent=None).first() or open_unit(
        code="JT", name=group_name, short_name=short_name, kind="group", parent=None, on=day, by=SYSTEM, at=at
    )
    accounts = []
    for role, admin in zip(ADMINISTRATORS, administrators, strict=True):
        person = add_person(staff_no=admin.staff_no, name=admin.name, unit=root, on=day, by=SYSTEM, at=at)
        grant_role(role=role, unit=root, person=person, from_day=day, by=SYSTEM, at=at)
        accounts.append(open_account(person=person, by=SYSTEM, at=at))
    load_rule_packs(at=at)
    load_special_days()
    return accounts


def _check(group_name: str, administrators: Sequence[FirstAdministrator]) -> None:
    if Account.objects.exists():
        raise Refused("已经有账号，不能再从头开始", "用已有的账号登录")
    if not group_name.strip():
        raise Invalid("集团名称没有填", "填全称", field="group_name")
    if len(administrators) != len(ADMINISTRATORS):
        raise Invalid("三员要三个人", "系统、安全、审计各一人", field="administrators")
    for what, values in (
        ("工号", [a.staff_no.strip() for a in administrators]),
        ("姓名", [a.name.strip() for a in administrators]),
    ):
        if not all(values):
            raise Invalid(f"三名管理员的{what}都要填", "补齐再继续", field="administrators")
        if len(set(values)) != len(values):
            raise Invalid(
                f"三名管理员的{what}有相同的：三员由三个人分任", "换成三个不同的人", field="administrators"
            )
