"""Builds the organisation of the demo group through the ordinary actions, three years back from today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from bihuan.kernel.actor import SYSTEM, Actor
from bihuan.kernel.moment import CHINA, local_day
from bihuan.org.actions.join_party_org import join_party_org
from bihuan.org.actions.load_rule_packs import load_rule_packs
from bihuan.org.actions.load_special_days import load_special_days
from bihuan.org.actions.open_unit import open_units
from bihuan.org.models import Account, PartyOrg, Person, Unit
from bihuan.org.reads import actor_for

from .leaders import give_portfolios
from .party import BRANCHES, open_party
from .people import Staff, hire
from .rights import give_rights
from .tokens import open_tokens
from .units import DEPARTMENTS, MILLS, new_units

HISTORY = timedelta(days=3 * 365 + 20)
_MEMBERS = {"RZ": 9, "ZB": 10}
_BESIDE = 6


@dataclass(slots=True)
class Group:
    """What the rooms above find in `world.things["org"]`. `since` is the first day everything is there."""

    since: date
    at: datetime
    units: Mapping[str, Unit]
    party: Mapping[str, PartyOrg]
    staff: Staff
    accounts: Mapping[str, Account]
    _actors: dict[int, Actor] = field(default_factory=dict)

    def actor(self, person: Person) -> Actor:
        """The person as they act today; grants of the demo group stand from the first day."""
        if person.pk not in self._actors:
            self._actors[person.pk] = actor_for(person, at=self.at)
        return self._actors[person.pk]

    def person(self, name: str) -> Person:
        return self.staff.by_name[name]


def build(world: Any) -> None:
    """`world` has `at`, `things` and, for tests, `scale` (crews and members shrink, posts do not)."""
    scale = getattr(world, "scale", 1.0)
    load_rule_packs(at=world.at)
    load_special_days()
    since = local_day(world.at) - HISTORY
    at = datetime.combine(since, time(8, 30), CHINA)
    named = new_units()
    units = {unit.code: unit for unit in open_units(units=named, on=since, by=SYSTEM, at=at)}
    staff = hire(units, scale=scale, on=since, at=at)
    party = open_party(units, on=since, at=at)
    accounts = give_rights(staff, units, on=since, at=at)
    give_portfolios(staff, units, on=since, at=at)
    _members(staff, party, scale, on=since, at=at)
    open_tokens(today=local_day(world.at), at=world.at)
    world.things["org"] = Group(since, world.at, units, party, staff, accounts)


def _members(staff: Staff, party: Mapping[str, PartyOrg], scale: float, *, on: date, at: datetime) -> None:
    """Branches of the two mills from their own crews; elsewhere the heads and workshop heads join directly."""

    def join(people: list[Person], org: PartyOrg, most: int, duty: str) -> None:
        for n, person in enumerate(people[:most]):
            join_party_org(person=person, org=org, on=on, duty="" if n else duty, by=SYSTEM, at=at)

    for mill, branches in BRANCHES.items():
        for n, (_, covers) in enumerate(branches, 1):
            people = [person for code in covers.split() for person in staff.by_unit[code]]
            people.sort(key=lambda person: person.title != "党支部书记")
            most = max(2, round(_MEMBERS[mill] * scale))
            join(people, party[f"DZB-{mill}-{n:02d}"], most, "书记")
    for top in (*DEPARTMENTS, *MILLS):
        if top.code in BRANCHES or f"DW-{top.code}" not in party:
            continue
        duties = ("secretary", "head", "deputy", "chief", "officer")
        people = [person for duty in duties for person in staff.of(top.code, duty)]
        join(people, party[f"DW-{top.code}"], _BESIDE, "书记")
