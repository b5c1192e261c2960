"""Cases: what is found, where, by whom, and who will deal with it. Drawn by lot from a fixed seed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random
from typing import Any

from bihuan.org.demo.group import Group
from bihuan.org.demo.units import MILLS
from bihuan.org.models import Person, Unit

from . import texts
from .categories import CATEGORIES, KINDS, Category, Kind
from .places import places, places_for, workshops

_SIZES = {
    "RZ": 16,
    "JH": 14,
    "LT": 14,
    "LG1": 13,
    "ZB": 10,
    "LZ": 9,
    "SJC": 8,
    "DL": 7,
    "LG2": 7,
    "YS": 6,
    "JX": 6,
}
_MAJOR = ("煤气", "危化品", "特种设备", "起重", "消防")


@dataclass(slots=True)
class Case:
    """One finding with its people. `found` is the moment of raising; `due_in` days from today fix the deadline."""

    random: Random
    top: str
    unit: Unit
    category: Category
    kind: Kind
    statement: str
    fix: str
    standard: str
    found: datetime
    lead: Person
    second: Person
    liaison: Person
    finder: Person
    approver: Person
    closer: Person
    looker: Person
    office: Unit
    place: str = ""
    equipment: str = ""
    origin_title: str = ""
    grade: str = "general"
    timing: str = "time_limited"
    plan: bool = False
    due_on: date | None = None
    details: dict[str, Any] = field(default_factory=dict)


class Caster:
    """Draws cases; the same index gives the same case on the same day, whatever else is drawn."""

    def __init__(self, group: Group) -> None:
        self.group = group
        self._mills = {mill.code: _SIZES.get(mill.code, 3) for mill in MILLS}

    def draw(self, index: int, found: datetime, *, kind: Kind | None = None, top: str = "") -> Case:
        random = Random(f"case:{index}")
        kind = kind or random.choices(KINDS, [k.weight for k in KINDS])[0]
        category = self._category(random, kind, top)
        top = top or self._top(random, category)
        fits = [line for line in category.lines if not category.tag or places_for(top, category.tag, line[0])]
        return self.fill(random, found, kind, category, top, random.choice(fits or category.lines))

    def fill(
        self,
        random: Random,
        found: datetime,
        kind: Kind,
        category: Category,
        top: str,
        line: tuple[str, str, str, str],
    ) -> Case:
        """A case around one line of statement, equipment, fix and standard."""
        where = places_for(top, category.tag, line[0])
        place = random.choice(where) if where else ""
        slots = {
            "p": place, "a": random.randrange(1, 6), "n": random.randrange(2, 8), "m": random.randrange(2, 9),
            "k": random.randrange(12, 48), "d": random.randrange(2, 7),
        }  # fmt: skip
        statement, equipment, fix, standard = (
            text.format(**slots).replace("皮带皮带", "皮带") for text in line
        )
        staff = self.group.staff
        chiefs = [*staff.of(top, "chief"), *staff.of(top, "deputy")] or staff.of(top, "officer")
        chiefs = chiefs or staff.of(top, "leader")
        lead, second = random.sample(chiefs, 2)
        room = workshops().get((top, category.tag), "")
        if room:
            lead = staff.by_unit[room][0]
            second = next(person for person in chiefs if person.pk != lead.pk)
        liaisons = staff.of(top, "liaison") or chiefs
        office = self.office(kind, category)
        approver, closer, looker = self.officers(random, office)
        unit = self.group.units[top]
        if kind.source == "self_check" and (room or not category.tag):
            unit = lead.unit or unit
        return Case(
            random=random, top=top, unit=unit, category=category, kind=kind, statement=statement, fix=fix,
            standard=standard, found=found, lead=lead, second=second, liaison=random.choice([liaisons[0], *liaisons]),
            finder=self._finder(random, kind, top, office), approver=approver, closer=closer, looker=looker,
            office=self.group.units[office], place=place, equipment=equipment, origin_title=_title(kind, found),
            details={"demand": random.choice(texts.DEMANDS)},
        )  # fmt: skip

    def office(self, kind: Kind, category: Category) -> str:
        """The supervising department: by source for audit and discipline, else by category."""
        if kind.source == "check_team" and not category.tag:
            return "XCB"
        return {"audit": "SJ", "discipline": "JJ", "petition": "XF"}.get(kind.source, category.office)

    def officers(self, random: Random, office: str) -> tuple[Person, Person, Person]:
        """Approver, verifier, and a third who looks back. The demo role of the office is busier than the others."""
        people = list(self.group.staff.of(office, "officer"))
        cast = [p for p in people if p.name in ("高文静", "郝立明", "任秀英", "薛俊杰")]
        random.shuffle(people)
        if cast and random.random() < 0.55:
            people.remove(cast[0])
            people.insert(0, cast[0])
        return people[0], people[1], people[2]

    def _category(self, random: Random, kind: Kind, top: str) -> Category:
        if kind.plants:
            fits = [c for c in CATEGORIES if not top or not c.tag or c.tag in places().get(top, {})]
        else:
            fits = [c for c in CATEGORIES if not c.tag and c.name != "班组管理"]
        return random.choices(fits, [c.weight for c in fits])[0]

    def _top(self, random: Random, category: Category) -> str:
        codes = [code for code in self._mills if not category.tag or category.tag in places().get(code, {})]
        return random.choices(codes, [self._mills[code] for code in codes])[0]

    def _finder(self, random: Random, kind: Kind, top: str, office: str) -> Person:
        staff = self.group.staff
        if kind.source == "self_check":
            return random.choice(staff.of(top, "worker") or staff.of(office, "officer"))
        if kind.source == "daily_check" and random.random() < 0.3 and staff.of(top, "liaison"):
            return staff.of(top, "liaison")[-1]
        return random.choice(staff.of(office, "officer"))


def may_be_major(case: Case) -> bool:
    return case.category.name in _MAJOR and case.kind.source in (
        "daily_check",
        "special_check",
        "check_team",
        "upper",
    )


def _title(kind: Kind, found: datetime) -> str:
    return kind.title.format(year=found.year, month=found.month, quarter=(found.month - 1) // 3 + 1)
