"""Who may see what of a stay on site: the table of the field, as data, and what a cell means as a condition.

Source: the permission table of the outline (§3.10): need to know, the inspected organisation never, a team only until
the archive (一次一授权). A test goes through every cell.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Q


class Data(StrEnum):
    TALK = "talk"
    COMPLAINT = "complaint"
    DRAFT = "draft"
    CLUE = "clue"
    #: the daily work: what follows the same need to know as the material of the team
    VISIT = "visit"
    ASK = "ask"
    MIDTERM = "midterm"
    DAYLOG = "daylog"


class Hat(StrEnum):
    """As what somebody stands towards a task."""

    MEMBER = "member"
    LEADER = "leader"
    OFFICE = "office"
    REGISTRAR = "registrar"
    LEADING = "leading"
    HEAD = "head"
    DISCIPLINE = "discipline"
    PERSONNEL = "personnel"
    INSPECTED = "inspected"
    DEPARTMENT = "department"
    #: of one thing alone: whom it was sent to (`reads.addressed`)
    ADDRESSEE = "addressee"


class Reach(StrEnum):
    """What a cell of the table says. LISTED shows number, day and state; the others open the words too, of some."""

    NEVER = "never"
    LISTED = "listed"
    OWN = "own"
    ALL = "all"
    SIGNED = "signed"
    ARCHIVED = "archived"
    ASKED = "asked"
    HANDED = "handed"
    ADDRESSED = "addressed"
    SUBMITTED = "submitted"


#: NEVER where nothing is written
TABLE: dict[Data, dict[Hat, Reach]] = {
    Data.TALK: {
        Hat.MEMBER: Reach.OWN,
        Hat.LEADER: Reach.ALL,
        Hat.OFFICE: Reach.ARCHIVED,
        Hat.LEADING: Reach.ASKED,
        Hat.HEAD: Reach.ASKED,
        Hat.DISCIPLINE: Reach.HANDED,
        Hat.PERSONNEL: Reach.HANDED,
    },
    Data.COMPLAINT: {
        Hat.MEMBER: Reach.OWN,
        Hat.LEADER: Reach.ALL,
        Hat.OFFICE: Reach.ARCHIVED,
        Hat.LEADING: Reach.ASKED,
        Hat.HEAD: Reach.ASKED,
        Hat.DISCIPLINE: Reach.HANDED,
        Hat.PERSONNEL: Reach.HANDED,
    },
    Data.DRAFT: {
        Hat.MEMBER: Reach.ALL,
        Hat.LEADER: Reach.ALL,
        Hat.OFFICE: Reach.SIGNED,
    },
    Data.CLUE: {
        Hat.MEMBER: Reach.OWN,
        Hat.LEADER: Reach.ALL,
        Hat.REGISTRAR: Reach.ALL,
        Hat.HEAD: Reach.ALL,
        Hat.DISCIPLINE: Reach.HANDED,
        Hat.PERSONNEL: Reach.HANDED,
    },
    Data.VISIT: {
        Hat.MEMBER: Reach.ALL,
        Hat.LEADER: Reach.ALL,
        Hat.OFFICE: Reach.ARCHIVED,
    },
    Data.ASK: {
        Hat.MEMBER: Reach.ALL,
        Hat.LEADER: Reach.ALL,
        Hat.OFFICE: Reach.ARCHIVED,
        Hat.ADDRESSEE: Reach.ADDRESSED,
    },
    Data.MIDTERM: {
        Hat.MEMBER: Reach.ALL,
        Hat.LEADER: Reach.ALL,
        Hat.OFFICE: Reach.SUBMITTED,
        Hat.LEADING: Reach.SUBMITTED,
        Hat.HEAD: Reach.SUBMITTED,
    },
    Data.DAYLOG: {
        Hat.MEMBER: Reach.ALL,
        Hat.LEADER: Reach.ALL,
        Hat.OFFICE: Reach.ARCHIVED,
    },
}

#: what is somebody's own: who talked, who registered or handles it, who wrote it
OWN: dict[Data, tuple[str, ...]] = {
    Data.TALK: ("lead_id", "second_id", "third_id"),
    Data.COMPLAINT: ("registered_by_id", "handler_id"),
    Data.DRAFT: ("written_by_id",),
    Data.CLUE: ("noted_by_id",),
    Data.VISIT: ("written_by_id",),
    Data.ASK: ("asked_by_id",),
    Data.MIDTERM: ("written_by_id",),
    Data.DAYLOG: ("written_by_id",),
}
#: the states in which a draft stands as the leader signed it
SIGNED_STATES = ("signed", "set_aside", "replaced")


@dataclass(frozen=True, slots=True)
class Standing:
    """As what a person stands towards one task. `asked`, `handed` and `addressed` are the keys opened to them: by a
    consent, by a hand-over, by being the one it was sent to. An archived task has no team; whoever belongs to the inspected
    organisation has no other hat. `was_team` outlasts the authority: who found something is not who judges it later."""

    task_id: int
    person_id: int
    hats: frozenset[Hat] = frozenset()
    archived: bool = False
    asked: frozenset[Any] = frozenset()
    handed: frozenset[Any] = frozenset()
    addressed: frozenset[Any] = frozenset()
    was_team: bool = False

    def reaches(self, data: Data) -> set[Reach]:
        return {TABLE[data].get(hat, Reach.NEVER) for hat in self.hats} - {Reach.NEVER}


_NOTHING = Q(pk__in=())


def readable(data: Data, standing: Standing) -> Q:
    """Rows of the task whose words this person may open."""
    found = _NOTHING
    for reach in standing.reaches(data):
        found |= _readable(data, reach, standing)
    return Q(task_id=standing.task_id) & found


def listed(data: Data, standing: Standing) -> Q:
    """Rows that may be seen with number, day and state."""
    reaches = standing.reaches(data)
    if reaches & {Reach.LISTED, Reach.ALL, Reach.ARCHIVED, Reach.SIGNED, Reach.ASKED}:
        return Q(task_id=standing.task_id)
    return readable(data, standing)


def _readable(data: Data, reach: Reach, standing: Standing) -> Q:
    """A clue that is kept narrow is nobody's own any more; one that a body received is its handler's alone."""
    if reach == Reach.ALL or (reach == Reach.ARCHIVED and standing.archived):
        return Q(task_id=standing.task_id)
    if reach == Reach.OWN:
        own = _NOTHING
        for column in OWN[data]:
            own |= Q(**{column: standing.person_id})
        return own & Q(narrow=False) if data == Data.CLUE else own
    if reach == Reach.SIGNED:
        return Q(state__in=SIGNED_STATES)
    if reach == Reach.ASKED:
        return Q(key__in=standing.asked)
    if reach == Reach.ADDRESSED:
        return Q(key__in=standing.addressed)
    if reach == Reach.SUBMITTED:
        return Q(submitted_at__isnull=False)
    if reach != Reach.HANDED:
        return _NOTHING
    handed = Q(key__in=standing.handed)
    mine = Q(handler_id=None) | Q(handler_id=standing.person_id)
    return handed & mine if data == Data.CLUE else handed
