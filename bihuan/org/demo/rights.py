"""Who may what, and who signs in: the cast first, because the sign-in page lists the first of each role."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime

from bihuan.kernel.actor import SYSTEM
from bihuan.org.actions.grant_role import grant_role
from bihuan.org.actions.hold_post import hold_post
from bihuan.org.actions.open_account import open_account
from bihuan.org.actions.open_post import open_post
from bihuan.org.models import Account, Grant, Person, Post, Unit
from bihuan.org.reads import actor_for

from .people import Staff
from .units import DEPARTMENTS, MILLS

#: What the demo roles may type; the sign-in page of the demo group needs no password at all.
PASSWORD = "Jinling-2026"

#: user name, name, role, unit of the grant: one each for the list on the sign-in page
DEMO_ROLES = (
    ("gaowenjing", "高文静", "inspection_office", "JT"),
    ("haoliming", "郝立明", "safety_officer", "JT"),
    ("renxiuying", "任秀英", "supervisor", "JT"),
    ("jiangzhiyuan", "姜知远", "discipline_officer", "JT"),
    ("jianghaiping", "江海平", "department_officer", "SJ"),
    ("zhongsixuan", "钟思宣", "clue_registrar", "JT"),
    ("xuejunjie", "薛俊杰", "supervisor", "JT"),
    ("fangjingyi", "方静怡", "rules_keeper", "JT"),
    ("zhongweiping", "钟卫平", "duty_officer", "JT"),
    ("duanzhiyuan", "段志远", "unit_head", "RZ"),
    ("houzhenhua", "侯振华", "unit_head", "JH"),
    ("niuxiaodong", "牛晓东", "unit_liaison", "RZ"),
    ("wulina", "武丽娜", "unit_liaison", "LZ"),
    ("shiwenbin", "石文斌", "verifier", "RZ"),
    ("shenshijie", "申世杰", "worker", "RZ"),
    ("qinyuzhen", "秦玉珍", "branch_secretary", "RZ"),
    ("hechangfeng", "贺长风", "group_leader", "JT"),
    ("guoqiming", "郭启明", "system_admin", "JT"),
    ("liuwangshu", "柳望舒", "security_admin", "JT"),
    ("qinzhibai", "秦知白", "audit_admin", "JT"),
)
#: who, their department, and the body beside it
_BOTH = ("江海平", "SJ", "XCB")
_OFFICE_ROLE = {"AQ": "safety_officer", "XCB": "inspection_office"}


def give_rights(staff: Staff, units: Mapping[str, Unit], *, on: date, at: datetime) -> dict[str, Account]:
    """Grants for everybody who has a part in the loop, accounts for the demo roles; returns those by user name."""
    given: set[tuple[int, str]] = set()

    def give(person: Person, role: str, unit: str) -> None:
        if (person.pk, role) not in given:
            given.add((person.pk, role))
            hat = units[_BOTH[1]] if person.name == _BOTH[0] else None
            grant_role(role=role, unit=units[unit], person=person, from_day=on, hat=hat, by=SYSTEM, at=at)

    for _, name, role, unit in DEMO_ROLES:
        give(staff.by_name[name], role, unit)
    give(staff.by_name["贺长风"], "inspection_lead", "JT")
    give(staff.by_name["贺长风"], "inspection_head", "JT")
    _inspection(staff, give)
    _other_hat(staff, units, on, at)
    for department in DEPARTMENTS:
        role = _OFFICE_ROLE.get(department.code, "supervisor")
        for person in staff.of(department.code, "officer"):
            give(person, role, "JT")
    for mill in MILLS:
        for duty, role in (
            ("liaison", "unit_liaison"),
            ("deputy", "unit_head"),
            ("verifier", "verifier"),
            ("secretary", "branch_secretary"),
            ("worker", "worker"),
        ):
            for person in staff.of(mill.code, duty):
                give(person, role, mill.code)
    _heads(staff, units, on, at, {person for person, role in given if role == "unit_head"})
    _one_to_confirm(staff, units, on, at)
    return _accounts(staff, at)


def _other_hat(staff: Staff, units: Mapping[str, Unit], on: date, at: datetime) -> None:
    """合署: the deputy of audit also works for the inspection office, under that hat."""
    name, _, other = _BOTH
    grant_role(
        role="inspection_office", unit=units["JT"], person=staff.by_name[name], from_day=on, hat=units[other],
        by=SYSTEM, at=at,
    )  # fmt: skip


def _inspection(staff: Staff, give: Callable[[Person, str, str], None]) -> None:
    """Who has a part in inspection beside the office: two bodies, one registrar, and every department by its head."""
    give(staff.by_name["任秀英"], "personnel_officer", "JT")
    for department in DEPARTMENTS:
        if department.code not in ("XCB", "JJ", "ZZ"):
            give(staff.of(department.code, "head")[0], "department_officer", department.code)


def _heads(staff: Staff, units: Mapping[str, Unit], on: date, at: datetime, have: set[int]) -> None:
    """Heads hold their right through the post: whoever follows them has it at once."""
    for top in (*DEPARTMENTS, *MILLS):
        (head,) = staff.of(top.code, "head")
        post = open_post(
            code=f"{top.code}-HEAD",
            title=f"{top.name}{head.title}",
            unit=units[top.code],
            leads=True,
            by=SYSTEM,
            at=at,
        )
        hold_post(person=head, post=post, on=on, by=SYSTEM, at=at)
        if head.pk not in have:
            grant_role(role="unit_head", unit=units[top.code], post=post, from_day=on, by=SYSTEM, at=at)


def _one_to_confirm(staff: Staff, units: Mapping[str, Unit], on: date, at: datetime) -> None:
    """The system administrator has put a deputy into the post of a head: its rights wait for the security
    administrator, who finds that in the demo group too."""
    post = Post.objects.filter(grants__isnull=False, unit__in=[units[mill.code] for mill in MILLS]).order_by(
        "id"
    )
    admin = Grant.objects.get(role="system_admin", revoked_at=None).person
    if (carrying := post.first()) and (deputies := staff.of(carrying.unit.code, "deputy")):
        hold_post(person=deputies[0], post=carrying, on=on, by=actor_for(admin, at=at), at=at)


def _accounts(staff: Staff, at: datetime) -> dict[str, Account]:
    opened = {}
    for username, name, _, _ in DEMO_ROLES:
        opened[username], _ = open_account(
            person=staff.by_name[name],
            username=username,
            password=PASSWORD,
            must_change=False,
            by=SYSTEM,
            at=at,
        )
    return opened
