"""Names by id, for rooms below that may not know people: the audit trail and the jobs page."""

from __future__ import annotations

from bihuan.org.models import Person, Unit


def people_named(person_ids: set[int]) -> dict[int, str]:
    return dict(Person.objects.filter(pk__in=person_ids).values_list("pk", "name"))


def units_named(unit_ids: set[int]) -> dict[int, str]:
    return {unit.pk: unit.shown for unit in Unit.objects.filter(pk__in=unit_ids)}


def units_within(unit_path: str, subtree: bool) -> set[int]:
    """Ids of the unit with this path and, with `subtree`, of all below it."""
    rows = Unit.objects.filter(path__startswith=unit_path) if subtree else Unit.objects.filter(path=unit_path)
    return set(rows.values_list("pk", flat=True))
