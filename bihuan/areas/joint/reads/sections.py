"""部门页: what one department was given, lent and owns. Each section is one function of (reader, unit, moment);
another thing a department is asked is another function in SECTIONS."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from bihuan.areas.inspection import states
from bihuan.areas.inspection.models import Member
from bihuan.areas.joint import words
from bihuan.areas.joint.models import JointPart
from bihuan.kernel.actor import Actor
from bihuan.kernel.clock import Clock, read_clock
from bihuan.kernel.moment import local_day
from bihuan.org.models import Unit
from bihuan.problems.models import Problem

#: a page shows so many of each; the rest stand where `url` leads
MOST = 10
#: rounds whose teams are still needed
_RUNNING = (states.DRAFT, states.APPROVED, states.ONSITE)


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    detail: str = ""
    url: str = ""
    state: tuple[str, str, str] | None = None
    clock: Clock | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """`total` counts all of it, `url` opens all of it (empty: all of it stands here)."""

    code: str
    title: str
    lines: tuple[Line, ...]
    total: int
    empty: str
    url: str = ""

    @property
    def hidden(self) -> int:
        return self.total - len(self.lines)


def sections_of(actor: Actor, unit: Unit, at: datetime) -> list[Section]:
    """The page, in its order. The caller has checked that this person stands for the unit."""
    return [section(actor, unit, at) for section in SECTIONS]


def _section(code: str, lines: tuple[Line, ...], total: int, url: str = "") -> Section:
    title, empty = words.SECTIONS[code]
    return Section(code, title, lines, total, empty, url)


def joint_parts(actor: Actor, unit: Unit, at: datetime) -> Section:
    """Its own parts of joint tasks, newest first; two queries."""
    day = local_day(at)
    rows = JointPart.objects.filter(unit=unit).select_related("joint__task__org", "leader").order_by("-pk")
    lines = tuple(
        Line(
            row.joint.title,
            words.looks_into(row.looks_into, str(row.leader)),
            reverse("joint:task", args=[row.joint_id]),
            _state_of(row),
            read_clock(row.due_on, day) if _owes(row) else None,
        )
        for row in rows[:MOST]
    )
    return _section("parts", lines, rows.count())


def _owes(part: JointPart) -> bool:
    return part.reported_at is None and part.joint.state == "under_way"


def _state_of(part: JointPart) -> tuple[str, str, str]:
    return words.PART_LOOKS[part.joint.state if part.reported_at is None else "reported"]


def lent(actor: Actor, unit: Unit, at: datetime) -> Section:
    """Its people in teams of rounds, now and before; whoever was replaced is not counted."""
    rows = Member.objects.standing().filter(person__unit__path__startswith=unit.path or "#")
    rows = rows.select_related("person", "team", "round").order_by("-round__starts_on", "pk")
    lines = tuple(
        Line(row.person.name, f"{row.round}，{row.team}{row.get_part_display()}", "", _lent_state(row))
        for row in rows[:MOST]
    )
    return _section("lent", lines, rows.count())


def _lent_state(member: Member) -> tuple[str, str, str]:
    if member.round.state not in _RUNNING:
        return words.LENT_LOOKS["gone"]
    return words.LENT_LOOKS["authorised" if member.authorised_at else "waiting"]


def owned(actor: Actor, unit: Unit, at: datetime) -> Section:
    """Open problems this department itself has to mend."""
    rows = Problem.objects.visible_to(actor).open().in_unit(unit.path or "#")
    return _problems("owned", rows, at, unit=unit.pk)


def crossing(actor: Actor, unit: Unit, at: datetime) -> Section:
    """跨单位的问题: it supervises them, and others beside the responsible unit have to help."""
    helped = Problem.assisting.through.objects.filter(problem=OuterRef("pk"))
    rows = Problem.objects.visible_to(actor).open().filter(Exists(helped), supervisor=unit)
    return _problems("crossing", rows, at)


def _problems(code: str, rows: QuerySet, at: datetime, **narrowed: int) -> Section:
    day: date = local_day(at)
    shown = rows.select_related("unit").order_by("due_on", "pk")[:MOST]
    lines = tuple(
        Line(
            row.aside,
            f"{row.number}，{row.unit.shown}",
            reverse("problems:page", args=[row.number]),
            None,
            read_clock(row.due_on, day, row.timing),
        )
        for row in shown
    )
    url = (
        f"{reverse('problems:ledger')}?{urlencode({**narrowed, 'stage': 'open', 'sort': 'due'})}"
        if narrowed
        else ""
    )
    return _section(code, lines, rows.count(), url)


#: in the order of the page
SECTIONS: tuple[Callable[[Actor, Unit, datetime], Section], ...] = (joint_parts, lent, owned, crossing)
