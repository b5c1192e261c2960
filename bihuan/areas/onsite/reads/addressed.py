"""What was sent to somebody who is not of the team: as the liaison of the organisation, the head of a unit, the
contact of a department. They see that one thing and nothing else of the task."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from bihuan.areas.inspection.models import Liaison, Task
from bihuan.areas.onsite import states
from bihuan.areas.onsite.access import Hat, Standing
from bihuan.areas.onsite.models import Ask, ImmediateNotice, Loan
from bihuan.kernel.actor import Actor
from bihuan.org.models import PartyLink, Unit

from .standing import standing_of

#: the right that only the head of a unit has, over it and what is below
HEAD_OF_UNIT = "problem.reown_own"
#: bodies that answer for the department they work in
_BODIES = (states.DISCIPLINE, states.PERSONNEL, states.PLAN)
_NOBODY = Q(pk__in=())


def is_inside(task: Task, unit: Unit) -> bool:
    """The unit lies within one that the organisation covers."""
    covered = PartyLink.objects.filter(party_org_id=task.org_id).values_list("unit__path", flat=True)
    return any(path and (unit.path or "").startswith(path) for path in covered)


def asks_to(actor: Actor) -> QuerySet[Ask]:
    """Help asked of one's department, pushes to one's unit or, for its liaison, to the organisation."""
    if not actor.is_person:
        return Ask.objects.none()
    answering = any(actor.may(code) for code in _BODIES) or _group_wide(actor, states.DEPARTMENT)
    outside = Q(to__in=_own_departments(actor)) if answering else _NOBODY
    outside |= _within(actor, states.DEPARTMENT, "to__path")
    liaison = Liaison.objects.filter(task=OuterRef("task"), side="org", person_id=actor.person_id)
    found = (Q(inside=False) & outside) | _within(actor, HEAD_OF_UNIT, "to__path")
    return Ask.objects.filter(found | Q(Exists(liaison), inside=True)).exclude(state=states.WITHDRAWN)


def notices_to(actor: Actor) -> QuerySet[ImmediateNotice]:
    """Issued ones of the unit one is the head of."""
    sent = ImmediateNotice.objects.filter(state__in=(states.ISSUED, states.SIGNED))
    return sent.filter(_within(actor, HEAD_OF_UNIT, "unit__path"))


def loans_to(actor: Actor) -> QuerySet[Loan]:
    return Loan.objects.for_liaison(actor.person_id)


def standing_towards(ask: Ask, actor: Actor, day: date) -> Standing:
    """As the one it was sent to, beside what they are anyway; `ask` comes with its task and round."""
    standing = standing_of(ask.task, actor, day)
    if not asks_to(actor).filter(pk=ask.pk).exists():
        return standing
    return replace(standing, hats=standing.hats | {Hat.ADDRESSEE}, addressed=frozenset({ask.key}))


def _own_departments(actor: Actor) -> list[int]:
    """The unit one works in and those above it, but the group itself."""
    return [int(part) for part in actor.unit_path.strip("/").split("/")[1:] if part]


def _is_root(path: str) -> bool:
    return "/" not in path.strip("/")


def _group_wide(actor: Actor, permission: str) -> bool:
    """Granted over the whole group: then it is for the department they work in, not for all of them."""
    return any(_is_root(reach.unit_path) for reach in actor.reaches_for(permission))


def _within(actor: Actor, permission: str, path: str) -> Q:
    """Units of such a grant. One over the whole group makes nobody the one whom every unit's post is for."""
    found = _NOBODY
    for reach in actor.reaches_for(permission):
        below = reach.subtree and not _is_root(reach.unit_path)
        found |= Q(**{f"{path}__{'startswith' if below else 'exact'}": reach.unit_path})
    return found
