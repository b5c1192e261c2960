"""Which units and people belong to the inspected organisation of a task."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from bihuan.areas.inspection.models import Task
from bihuan.org.models import PartyLink, Person, Unit


def paths_of(task: Task) -> list[str]:
    """Paths of the units the organisation covers."""
    links = PartyLink.objects.filter(party_org_id=task.org_id).order_by("pk")
    return [path for path in links.values_list("unit__path", flat=True) if path]


def units_of(task: Task) -> QuerySet[Unit]:
    """Those units and what is below them."""
    found = Q(pk__in=())
    for path in paths_of(task):
        found |= Q(path__startswith=path)
    return Unit.objects.filter(found)


def is_of(task: Task, person: Person) -> bool:
    path = (person.unit.path or "") if person.unit else ""
    return bool(path) and any(path.startswith(one) for one in paths_of(task))


def main_unit(task: Task) -> Unit | None:
    """Where a problem goes unless somebody says otherwise: the first unit the organisation covers."""
    links = PartyLink.objects.filter(party_org_id=task.org_id).select_related("unit").order_by("pk")
    link = links.first()
    return link.unit if link else None
