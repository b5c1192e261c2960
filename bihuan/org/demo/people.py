"""Who works where: posts first, then names; a named cast for the demo roles and the mock-ups' people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bihuan.kernel.actor import SYSTEM
from bihuan.org.actions.add_person import NewPerson, add_people
from bihuan.org.models import Person, Unit

from .names import Names
from .units import DEPARTMENTS, MILLS, TopUnit

#: Title at a unit -> the person of the cast. The first post that fits gets the name.
CAST = {
    ("JT", "党委副书记、总经理"): "贺长风",
    ("JT", "系统管理员"): "郭启明",
    ("JT", "安全管理员"): "柳望舒",
    ("JT", "审计管理员"): "秦知白",
    ("AQ", "安全监督员"): "郝立明",
    ("AQ", "值班员"): "钟卫平",
    ("XCB", "副主任"): "高文静",
    ("XCB", "巡察专员"): "钟思宣",
    ("XCB", "规则管理员"): "方静怡",
    ("ZZ", "督办员"): "任秀英",
    ("HB", "督办员"): "薛俊杰",
    ("JJ", "督办员"): "姜知远",
    ("SJ", "副部长"): "江海平",
    ("RZ", "厂长"): "段志远",
    ("RZ", "整改联络员"): "牛晓东",
    ("RZ-JZ", "作业长"): "石文斌",
    ("RZ-JZ", "党支部书记"): "秦玉珍",
    ("RZ-JR", "看火工"): "申世杰",
    ("JH", "厂长"): "侯振华",
    ("JH", "整改联络员"): "阎春燕",
    ("LT", "厂长"): "贾海峰",
    ("LT", "整改联络员"): "韩玉梅",
    ("LT", "党委书记"): "白建军",
    ("LG1", "整改联络员"): "孟凡伟",
    ("LZ", "整改联络员"): "武丽娜",
    ("DL", "整改联络员"): "卫建平",
    ("YS", "整改联络员"): "崔永刚",
    ("WL", "整改联络员"): "温慧敏",
    ("KY", "整改联络员"): "乔国栋",
}
_TRADES = ("操作工", "点检员", "维修工", "班长", "巡检工", "电工")
_ABOVE = (
    "党委书记、董事长", "党委副书记、总经理", "副总经理", "副总经理", "纪委书记", "总工程师",
    "系统管理员", "安全管理员", "审计管理员",
)  # fmt: skip
_OFFICERS = {"AQ": "安全监督员", "XCB": "巡察专员"}


@dataclass(frozen=True, slots=True)
class Slot:
    """A post to fill. `duty` is what the loop needs to know: head, deputy, liaison, chief, verifier …"""

    top: str
    unit: str
    title: str
    duty: str


def slots(scale: float) -> list[Slot]:
    """All posts in the order of the staff numbers; `scale` thins out the crews only."""
    found = [Slot("JT", "JT", title, "leader") for title in _ABOVE]
    for department in DEPARTMENTS:
        found += _department(department)
    for mill in MILLS:
        found += _mill(mill, scale)
    return found


def _department(top: TopUnit) -> list[Slot]:
    officer = _OFFICERS.get(top.code, "督办员")
    titles = [("主任" if top.code in ("XCB", "XF") else "部长", "head")]
    titles += [("副主任" if top.code in ("XCB", "XF") else "副部长", "officer")]
    titles += [(officer, "officer")] * max(2, top.size - 3)
    titles += [("值班员" if top.code == "AQ" else "规则管理员" if top.code == "XCB" else "干事", "staff")]
    return [Slot(top.code, top.code, title, duty) for title, duty in titles]


def _mill(top: TopUnit, scale: float) -> list[Slot]:
    head = "厂长" if top.kind == "mill" and top.name.endswith("厂") else "经理"
    above = [(head, "head"), ("党委书记", "secretary"), (f"副{head}", "deputy"), ("整改联络员", "liaison")]
    found = [Slot(top.code, top.code, title, duty) for title, duty in above]
    found.append(Slot(top.code, top.rooms[-1][0], "安全员", "liaison"))
    leaves: list[tuple[str, str]] = []
    for code, name, teams in top.rooms:
        chief = "科长" if name.endswith("科") else "部长" if name.endswith("部") else "主任"
        found += [Slot(top.code, code, chief, "chief"), Slot(top.code, code, "作业长", "verifier")]
        leaves += [(f"{code}-{n}", "") for n in range(1, len(teams) + 1)] or [(code, "")]
    if top.code == "RZ":
        found += [Slot("RZ", "RZ-JZ", "党支部书记", "branch"), Slot("RZ", "RZ-JR", "看火工", "worker")]
    for n in range(max(len(leaves), round(top.size * scale))):
        duty = "worker" if n < 4 else "crew"
        found.append(Slot(top.code, leaves[n % len(leaves)][0], _TRADES[n % len(_TRADES)], duty))
    return found


@dataclass(slots=True)
class Staff:
    """People by what they do. `by_duty[(top unit code, duty)]` and `by_unit[unit code]` keep the staff order."""

    by_duty: dict[tuple[str, str], list[Person]]
    by_unit: dict[str, list[Person]]
    by_name: dict[str, Person]

    def of(self, top: str, duty: str) -> list[Person]:
        return self.by_duty.get((top, duty), [])


def hire(units: Mapping[str, Unit], *, scale: float, on: date, at: datetime) -> Staff:
    posts = slots(scale)
    cast, names = dict(CAST), Names("jinling", set(CAST.values()))
    tops = {top.code: n for n, top in enumerate((*DEPARTMENTS, *MILLS), 11)} | {"JT": 10}
    counted: dict[str, int] = defaultdict(int)
    people = []
    for slot in posts:
        counted[slot.top] += 1
        name = cast.pop((slot.unit, slot.title), None) or names.next()
        number = f"{tops[slot.top]}{counted[slot.top]:04d}"
        people.append(NewPerson(number, name, units[slot.unit], slot.title))
    staff = Staff(defaultdict(list), defaultdict(list), {})
    for slot, person in zip(posts, add_people(people=people, on=on, by=SYSTEM, at=at), strict=True):
        staff.by_duty[slot.top, slot.duty].append(person)
        staff.by_unit[slot.unit].append(person)
        staff.by_name[person.name] = person
    return staff
