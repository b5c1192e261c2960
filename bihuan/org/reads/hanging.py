"""What hangs on a node of a tree: why it cannot simply be closed, and what a merger takes along."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bihuan.org.models import Employment, Grant, Membership, PartyLink, PartyOrg, Post, Unit
from bihuan.org.words import HANGING_WORDS

from .work import unit_work


@dataclass(frozen=True, slots=True)
class Hanging:
    """One kind of thing with its number and the first few names. `ends` marks what simply ends with the node."""

    code: str
    count: int
    names: tuple[str, ...] = ()
    ends: bool = False

    @property
    def label(self) -> str:
        return HANGING_WORDS[self.code][0]

    @property
    def measure(self) -> str:
        return HANGING_WORDS[self.code][1]

    @property
    def words(self) -> str:
        return f"{self.label} {self.count} {self.measure}"


def hanging_on(node: Unit | PartyOrg, *, day: date, at: datetime) -> list[Hanging]:
    """Everything that hangs on the node on this day, without the empty kinds."""
    found = _on_unit(node, day, at) if isinstance(node, Unit) else _on_party(node, day)
    return [hanging for hanging in found if hanging.count]


def _on_unit(unit: Unit, day: date, at: datetime) -> list[Hanging]:
    children = unit.children.open_on(day).in_tree_order()
    people = unit.people.here_on(day).by_name()
    work = unit_work(unit.pk, at)
    grants = Grant.objects.standing(day).filter(unit=unit)
    return [
        Hanging("child_units", children.count(), tuple(child.shown for child in children[:3])),
        Hanging("people", people.count(), tuple(person.name for person in people[:3])),
        Hanging("work", len(work), tuple(line.line.label for line in work[:3])),
        Hanging("posts", Post.objects.filter(unit=unit).count(), ends=True),
        Hanging(
            "part_time",
            Employment.objects.filter(unit=unit, to_day=None, is_main=False).count(),
            ends=True,
        ),
        Hanging("party_links", PartyLink.objects.filter(unit=unit, to_day=None).count(), ends=True),
        Hanging("grants", grants.count(), ends=True),
    ]


def _on_party(org: PartyOrg, day: date) -> list[Hanging]:
    children = org.children.open_on(day).in_tree_order()
    members = Membership.objects.filter(party_org=org, to_day=None).select_related("person").order_by("id")
    return [
        Hanging("child_orgs", children.count(), tuple(child.shown for child in children[:3])),
        Hanging("members", members.count(), tuple(member.person.name for member in members[:3])),
        Hanging("covered", PartyLink.objects.filter(party_org=org, to_day=None).count(), ends=True),
    ]
