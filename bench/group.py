"""The group the figures are measured in: the small world of the tests, grown to a real group's size.

Forty-odd plants, departments and companies, some six hundred units with their workshops and shifts, three
people in each. The world's own people keep their roles, so a figure may ask for a reader by an English word.
"""

from __future__ import annotations

from collections import defaultdict
from random import Random

from bihuan.kernel.actor import SYSTEM
from bihuan.org.actions.add_person import NewPerson, add_people
from bihuan.org.actions.open_unit import NewUnit, open_units
from bihuan.org.demo.names import SURNAMES
from bihuan.org.demo.units import MILLS, TOP
from bihuan.org.models import Person, Unit
from bihuan.org.tests.world import AT, SINCE

#: plants that are found by this code in the tables of the demo: which kinds of places they have
PLANTS = tuple(mill.code for mill in MILLS)
_SHIFTS = ("甲班", "乙班", "丙班", "丁班")
_GIVEN = (
    "国建志永卫新保长春德福贵海宏俊连茂明庆瑞守树思天文学雪彦义玉云泽正忠子振林伟强军平华东辉波涛勇峰刚健"
)


def grow() -> None:
    """Add the units and people that the world lacks. To be called once, on a world that was just built."""
    here = set(Unit.objects.values_list("code", flat=True))
    news: list[NewUnit] = []
    for top in TOP:
        news.append(NewUnit(top.code, top.name, top.kind, "JT"))
        for code, name, _ in top.rooms:
            news.append(NewUnit(code, f"{top.name}{name}", "workshop", top.code, name))
            news += [
                NewUnit(f"{code}-{n}", f"{top.name}{name}{shift}", "team", code, f"{name}{shift}")
                for n, shift in enumerate(_SHIFTS, 1)
            ]
    open_units(units=[new for new in news if new.code not in here], on=SINCE, by=SYSTEM, at=AT)
    _people()


def _people() -> None:
    chance, news, used = Random("people"), [], set()
    for unit in Unit.objects.order_by("id"):
        for _ in range(3):
            name = chance.choice(SURNAMES) + chance.choice(_GIVEN) + chance.choice(_GIVEN)
            while name in used:
                name = chance.choice(SURNAMES) + chance.choice(_GIVEN) + chance.choice(_GIVEN)
            used.add(name)
            news.append(NewPerson(f"B{len(news):05d}", name, unit, "作业长"))
    add_people(people=news, on=SINCE, by=SYSTEM, at=AT)


class Staffed:
    """Plants with everything below them, and who works where: what a problem's row is drawn from."""

    def __init__(self) -> None:
        units = {unit.code: unit for unit in Unit.objects.exclude(path=None)}
        self.people: dict[int, list[Person]] = defaultdict(list)
        for person in Person.objects.filter(staff_no__startswith="B").order_by("id"):
            self.people[person.unit_id].append(person)
        self.below: dict[str, list[Unit]] = {
            code: [
                unit
                for unit in units.values()
                if unit.path.startswith(units[code].path) and self.people.get(unit.pk)
            ]
            for code in PLANTS
        }
        self.department = units["AQ"]
