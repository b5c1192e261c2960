"""The one small named world of the tests: a plant with its people, among them an outsider.

Everything is built through the actions, by the system, on one morning; the days before it are real history.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bihuan.kernel.actor import SYSTEM, Actor
from bihuan.org.actions.add_person import add_person
from bihuan.org.actions.grant_role import grant_role
from bihuan.org.actions.load_rule_packs import load_rule_packs
from bihuan.org.actions.load_special_days import load_special_days
from bihuan.org.actions.open_account import open_account
from bihuan.org.actions.open_party_org import open_party_org
from bihuan.org.actions.open_unit import NewUnit, open_units
from bihuan.org.models import Account, PackVersion, PartyOrg, Person, Unit
from bihuan.org.reads import actor_for, current_pack

SHANGHAI = ZoneInfo("Asia/Shanghai")
#: the morning on which the tests act; a Monday, and a working day
AT = datetime(2025, 9, 15, 9, 0, tzinfo=SHANGHAI)
DAY = AT.date()
SINCE = date(2024, 1, 1)
PASSWORD = "Juhua-2025-hong"

_UNITS = (
    ("group", "JT", "晋岭钢铁集团有限公司", "晋岭钢铁", "group", None),
    ("hot_mill", "RZ", "热轧厂", "", "mill", "JT"),
    ("furnace", "RZ-JR", "热轧厂加热炉车间", "加热炉车间", "workshop", "RZ"),
    ("finishing", "RZ-JZ", "热轧厂精整车间", "精整车间", "workshop", "RZ"),
    ("iron_mill", "LT", "炼铁厂", "", "mill", "JT"),
    ("safety_dept", "AQ", "安全管理部", "安全部", "department", "JT"),
    ("inspection_dept", "XCB", "党委巡察工作领导小组办公室", "巡察办", "department", "JT"),
)
_PEOPLE = (
    # word, staff number, name, unit, title, role, unit of the grant
    ("system_admin", "0001", "郭启明", "group", "系统管理员", "system_admin", "group"),
    ("security_admin", "0002", "柳望舒", "group", "安全管理员", "security_admin", "group"),
    ("audit_admin", "0003", "秦知白", "group", "审计管理员", "audit_admin", "group"),
    ("safety_officer", "2001", "侯振华", "safety_dept", "安全监督员", "safety_officer", "group"),
    ("second_officer", "2002", "温慧敏", "safety_dept", "安全监督员", "safety_officer", "group"),
    ("inspection_officer", "2101", "高文静", "inspection_dept", "巡察办干事", "inspection_office", "group"),
    ("leader", "1001", "贺长风", "group", "副总经理", "group_leader", "group"),
    ("unit_head", "3001", "段志远", "hot_mill", "厂长", "unit_head", "hot_mill"),
    ("liaison", "3002", "武丽娜", "hot_mill", "整改联络员", "unit_liaison", "hot_mill"),
    ("worker_a", "3101", "牛晓东", "furnace", "看火工", "worker", "hot_mill"),
    ("worker_b", "3102", "任秀英", "finishing", "作业长", "verifier", "hot_mill"),
    ("secretary", "3003", "薛俊杰", "hot_mill", "党支部书记", "branch_secretary", "hot_mill"),
    ("duty_officer", "2003", "乔国栋", "safety_dept", "值班员", "duty_officer", "group"),
    ("rules_keeper", "2102", "崔永刚", "inspection_dept", "规则管理员", "rules_keeper", "group"),
    # the one who must never see anything of the hot mill
    ("outsider", "4001", "贾海峰", "iron_mill", "整改联络员", "unit_liaison", "iron_mill"),
)

_PARTY = {"committee": "DW", "mill": "DW-RZ", "joint": "DZB-RZ-1"}


@dataclass(slots=True)
class World:
    """Units and people by English words; `actor(word)` is the person as they act on the morning `at`."""

    at: datetime
    day: date
    units: dict[str, Unit]
    people: dict[str, Person]
    party: dict[str, PartyOrg]
    accounts: dict[str, Account]

    def unit(self, word: str) -> Unit:
        return self.units[word]

    def person(self, word: str) -> Person:
        return self.people[word]

    def actor(self, word: str, at: datetime | None = None) -> Actor:
        """Asked for anew each time, so that a grant given in a test counts."""
        person = Person.objects.select_related("unit").get(pk=self.people[word].pk)
        return actor_for(person, at=at or self.at)

    @property
    def pack(self) -> PackVersion:
        return current_pack("problems", self.day)


def build(*, accounts: bool = True) -> World:
    """Builds the world in the current database. Without accounts it is faster: hashing takes its time."""
    load_rule_packs(at=AT)
    load_special_days(first_year=2025)
    units = _units()
    people, opened = {}, {}
    for word, staff_no, name, unit, title, role, over in _PEOPLE:
        person = add_person(
            staff_no=staff_no, name=name, unit=units[unit], title=title, on=SINCE, by=SYSTEM, at=AT
        )
        grant_role(role=role, unit=units[over], person=person, from_day=SINCE, by=SYSTEM, at=AT)
        people[word] = person
        if accounts:
            opened[word], _ = open_account(
                person=person, username=word, password=PASSWORD, must_change=False, by=SYSTEM, at=AT
            )
    return World(AT, DAY, units, people, _party(units), opened)


def again() -> World:
    """The world that `build` made, found again in the current database."""
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=[row[1] for row in _UNITS])}
    people = {
        person.staff_no: person for person in Person.objects.filter(staff_no__in=[p[1] for p in _PEOPLE])
    }
    orgs = {org.code: org for org in PartyOrg.objects.filter(code__in=_PARTY.values())}
    accounts = {account.username: account for account in Account.objects.select_related("person")}
    return World(
        AT,
        DAY,
        {row[0]: units[row[1]] for row in _UNITS},
        {row[0]: people[row[1]] for row in _PEOPLE},
        {word: orgs[code] for word, code in _PARTY.items()},
        accounts,
    )


def _units() -> dict[str, Unit]:
    news = [NewUnit(code, name, kind, parent, short) for _, code, name, short, kind, parent in _UNITS]
    made = open_units(units=news, on=SINCE, by=SYSTEM, at=AT)
    return {row[0]: unit for row, unit in zip(_UNITS, made, strict=True)}


def _party(units: dict[str, Unit]) -> dict[str, PartyOrg]:
    committee = open_party_org(
        code=_PARTY["committee"],
        name="中共晋岭钢铁集团有限公司委员会",
        short_name="集团党委",
        kind="committee",
        parent=None,
        on=SINCE,
        units=[units["group"]],
        by=SYSTEM,
        at=AT,
    )
    mill = open_party_org(
        code=_PARTY["mill"],
        name="热轧厂党总支",
        kind="general_branch",
        parent=committee,
        on=SINCE,
        units=[units["hot_mill"]],
        in_scope=True,
        by=SYSTEM,
        at=AT,
    )
    joint = open_party_org(
        code=_PARTY["joint"],
        name="热轧厂第一联合党支部",
        kind="branch",
        parent=mill,
        on=SINCE,
        units=[units["furnace"], units["finishing"]],
        by=SYSTEM,
        at=AT,
    )
    return {"committee": committee, "mill": mill, "joint": joint}
