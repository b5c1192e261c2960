"""What a department was given and lent, and which problems it owns."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from bihuan.areas.inspection import states
from bihuan.areas.inspection.models import Member
from bihuan.areas.joint import words
from bihuan.areas.joint.models import JointPart
from bihuan.kernel.actor import Actor
from bihuan.kernel.clock import read_clock
from bihuan.kernel.moment import local_day
from bihuan.org.models import Unit
from bihuan.problems.models import Problem

from .section import MOST, Line, Section, section_of

#: rounds whose teams are still needed
_RUNNING = (states.DRAFT, states.APPROVED, states.ONSITE)


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
    return section_of("parts", lines, rows.count())


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
    return section_of("lent", lines, rows.count())


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
    return section_of(code, lines, rows.count(), url)
