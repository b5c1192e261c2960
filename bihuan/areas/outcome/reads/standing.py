"""Whose tasks somebody meets in this room; as what they stand towards one says `onsite.reads.standing_of`."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from bihuan.areas.inspection import states as rounds
from bihuan.areas.inspection.models import Task
from bihuan.areas.onsite.reads import in_team
from bihuan.areas.outcome import states
from bihuan.areas.outcome.models import Report
from bihuan.kernel.actor import Actor
from bihuan.org.models import PartyLink, Unit

_ALL = (states.PLAN, states.DECIDE, states.HEAD)
_PASSED = (states.DISCIPLINE, states.PERSONNEL)


def orgs_over(actor: Actor) -> QuerySet:
    """Organisations that cover the unit this person works in: towards them they are the inspected and nothing else."""
    return PartyLink.objects.filter(unit__in=actor.home_ids).values("party_org_id")


def departments_of(actor: Actor) -> set[int]:
    """Units for which this person is the contact of a functional department."""
    reaches = actor.reaches_for(states.DEPARTMENT)
    return set(Unit.objects.in_reach(reaches).values_list("pk", flat=True)) if reaches else set()


def tasks_open_to(actor: Actor, *, addressed: bool = True) -> QuerySet[Task]:
    """Tasks of which this person may see at least that a report is on its way, or, if `addressed`, a special report that
    is for their department. Never one of an organisation they belong to."""
    entered = Task.objects.entered()
    found = Q(pk__in=())
    if any(actor.may(permission) for permission in _ALL):
        found = Q(pk__isnull=False)
    else:
        found |= Q(in_team(actor)) & ~Q(round__state=rounds.ARCHIVED)
        reports = Report.objects.filter(task=OuterRef("pk"))
        if any(actor.may(permission) for permission in _PASSED):
            found |= Q(Exists(reports.filter(passed_on__isnull=False)))
        departments = departments_of(actor) if addressed else set()
        if departments:
            found |= Q(Exists(reports.filter(state=states.ISSUED, department__in=departments)))
    return entered.filter(found).exclude(org__in=orgs_over(actor))


def addressed_to(actor: Actor) -> QuerySet[Report]:
    """Special reports for the departments of this person, once issued; not about an organisation they belong to."""
    rows = Report.objects.filter(state=states.ISSUED, kind="special", department__in=departments_of(actor))
    return rows.exclude(task__org__in=orgs_over(actor))
