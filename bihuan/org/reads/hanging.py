"""What hangs on a node of a tree: why it cannot simply be closed, and what a merger takes along."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bihuan.org.models import Employment, Grant, Membership, PartyLink, PartyOrg, Post, Unit

from .work import unit_work


@dataclass(frozen=True, slots=True)
class Hanging:
    """One kind of thing with its number and the first few names. `ends` marks what simply ends with the node."""

    label: str
    count: int
    measure: str
    names: tuple[str, ...] = ()
    ends: bool = False

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
        Hanging("下级单位", children.count(), "个", tuple(child.shown for child in children[:3])),
        Hanging("在岗人员", people.count(), "人", tuple(person.name for person in people[:3])),
        Hanging("未办完的工作", len(work), "件", tuple(line.line.label for line in work[:3])),
        Hanging("岗位", Post.objects.filter(unit=unit).count(), "个", ends=True),
        Hanging(
            "兼职人员",
            Employment.objects.filter(unit=unit, to_day=None, is_main=False).count(),
            "人",
            ends=True,
        ),
        Hanging("党组织关系", PartyLink.objects.filter(unit=unit, to_day=None).count(), "条", ends=True),
        Hanging("授权", grants.count(), "条", ends=True),
    ]


def _on_party(org: PartyOrg, day: date) -> list[Hanging]:
    children = org.children.open_on(day).in_tree_order()
    members = Membership.objects.filter(party_org=org, to_day=None).select_related("person").order_by("id")
    return [
        Hanging("下级党组织", children.count(), "个", tuple(child.shown for child in children[:3])),
        Hanging("党员", members.count(), "人", tuple(member.person.name for member in members[:3])),
        Hanging("覆盖单位", PartyLink.objects.filter(party_org=org, to_day=None).count(), "个", ends=True),
    ]
