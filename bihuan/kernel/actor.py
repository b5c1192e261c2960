"""Who acts: a value that every room can be handed, so that memory need not know people.

An `Actor` is built once per request (or job) by `org` and passed down as `by=`. It carries what its
grants reach, so that asking "may I" costs no query.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

PERSON, SYSTEM_KIND, NOBODY_KIND = "person", "system", "nobody"


@dataclass(frozen=True, slots=True)
class Reach:
    """What one grant gives: permission codes over one unit, with or without the units below it."""

    permissions: frozenset[str]
    unit_id: int
    unit_path: str
    subtree: bool

    def covers(self, unit_path: str) -> bool:
        """True if the unit with this path (like `/1/4/17/`) lies within the grant."""
        return unit_path.startswith(self.unit_path) if self.subtree else unit_path == self.unit_path


@dataclass(frozen=True, slots=True)
class Hat:
    """A body of the house in whose name somebody acts: its unit, and what people call it."""

    unit_id: int
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, the system itself, or nobody (signed out).

    `person_id` and `account_id` are ids in `org`, kept as values. `unit_path` is the path of the unit of
    the main employment, empty when there is none. Who holds grants of several bodies (`hats`) wears one at a
    time: `reaches` are then those of that `hat` alone, and the unit is that body (ADR 25).
    """

    kind: str = NOBODY_KIND
    person_id: int | None = None
    account_id: int | None = None
    name: str = ""
    title: str = ""
    unit_id: int | None = None
    unit_path: str = ""
    unit_name: str = ""
    reaches: tuple[Reach, ...] = field(default=())
    #: the path of the unit of the main employment, whatever hat is worn: who belongs to the inspected stays that
    home_path: str = ""
    hat: Hat | None = None
    #: those to choose between; empty for everybody who has no choice
    hats: tuple[Hat, ...] = ()
    #: worn until its grants ended; named until the person has taken note
    lost_hat: str = ""
    #: comes from outside for a while: only what was granted is open, not what everybody here may see
    guest: bool = False
    #: for an access token: the permissions it may act with, the unit it is kept within, and its id
    scope: frozenset[str] | None = None
    within: str = ""
    token_id: int | None = None
    #: the day these grants were asked for: what else ends on a day (the authority of a team) is asked for the same
    day: date | None = None

    @property
    def is_person(self) -> bool:
        return self.kind == PERSON

    @property
    def is_system(self) -> bool:
        return self.kind == SYSTEM_KIND

    @property
    def home_ids(self) -> list[int]:
        """Ids of the unit they work in and of all above it, the highest first."""
        return [int(part) for part in self.home_path.strip("/").split("/") if part]

    def in_scope(self, permission: str) -> bool:
        """True unless this is an access token that was not given this permission to act with."""
        return self.scope is None or permission in self.scope

    def may(self, permission: str) -> bool:
        """True if any grant, anywhere, carries the permission. The system may everything."""
        if self.is_system:
            return True
        return self.in_scope(permission) and any(permission in reach.permissions for reach in self.reaches)

    def may_in(self, permission: str, unit_path: str) -> bool:
        """True if a grant that covers this unit carries the permission."""
        if self.is_system:
            return True
        if not self.in_scope(permission):
            return False
        return any(permission in r.permissions and r.covers(unit_path) for r in self.reaches)

    def reaches_for(self, permission: str) -> tuple[Reach, ...]:
        """The grants that carry the permission: what `visible_to` turns into a condition.

        Whatever the scope of a token: it sees what its person sees (within its unit), it only may do less.
        """
        return tuple(reach for reach in self.reaches if permission in reach.permissions)


SYSTEM = Actor(kind=SYSTEM_KIND, name="系统")
NOBODY = Actor()
