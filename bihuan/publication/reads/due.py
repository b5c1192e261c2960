"""What must be public again and again: by when, and whether it was.

The days stand on a grid that begins with `Entry.since`: due day n is n times `every` months after it, and what was made
public after due day n - 1 and not after due day n is on time.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import add_months
from bihuan.org.models import Unit
from bihuan.publication import states
from bihuan.publication.models import Entry, Publication

EACH = (Unit.Kind.MILL, Unit.Kind.COMPANY)


@dataclass(frozen=True, slots=True)
class Duty:
    """One entry for one unit: the days it was made public, in order."""

    entry: Entry
    unit: Unit
    days: tuple[date, ...]

    def grid(self, until: date) -> list[tuple[date, date]]:
        """(after, by) of every stretch that ends not later than `until`, oldest first."""
        found, n = [], 1
        while (by := self._point(n)) <= until:
            if by > self.opened:
                found.append((self._after(n), by))
            n += 1
        return found

    @property
    def opened(self) -> date:
        """A unit that was set up later owes nothing for the time before."""
        return max(self.entry.since, self.unit.opened_on or self.entry.since)

    def done_within(self, after: date, by: date) -> bool:
        return bisect_right(self.days, by) > bisect_right(self.days, after)

    @property
    def last(self) -> date | None:
        return self.days[-1] if self.days else None

    def due_on(self, today: date) -> date:
        """The day by which it has to be public next; a day that has passed when it is overdue. What came late counts
        for the stretch in which it came, too."""
        passed = [stretch for stretch in self.grid(today) if stretch[1] < today]
        if passed and not self.done_within(passed[-1][0], today):
            return passed[-1][1]
        n = 1
        while (by := self._point(n)) < today or by <= self.opened:
            n += 1
        return self._point(n + 1) if self.done_within(self._after(n), by) else by

    def _after(self, n: int) -> date:
        """The day before stretch n; the first one holds the day it begins on."""
        return self._point(n - 1) if n > 1 else self.entry.since - timedelta(days=1)

    def _point(self, n: int) -> date:
        return add_months(self.entry.since, n * self.entry.every)


def duties(unit_ids: set[int] | None = None) -> list[Duty]:
    """All that recurs, of these units (None: all), in the order of catalogue and tree. Three queries."""
    entries = list(Entry.objects.recurring().order_by("kind", "title", "id"))
    if not entries:
        return []
    units = [unit for unit in _obliged() if unit_ids is None or unit.pk in unit_ids]
    days = _days(entries)
    return [
        Duty(entry, unit, tuple(days.get((entry.pk, unit.pk), ())))
        for entry in entries
        for unit in units
        if (unit.kind == Unit.Kind.GROUP) is (entry.whose == "group")
    ]


def _obliged() -> list[Unit]:
    kinds = (Unit.Kind.GROUP, *EACH)
    return list(Unit.objects.filter(closed_on=None, kind__in=kinds).order_by("order", "id"))


def _days(entries: list[Entry]) -> dict[tuple[int, int], list[date]]:
    was_public = (states.PUBLISHED, *states.ENDED)
    rows = Publication.objects.filter(entry__in=entries, state__in=was_public).order_by("from_day")
    found: dict[tuple[int, int], list[date]] = defaultdict(list)
    for entry, unit, day in rows.values_list("entry_id", "unit_id", "from_day"):
        found[entry, unit].append(day)
    return found


def units_of_part(actor: Actor) -> set[int] | None:
    """Units where this person has a part in publication; None for the system, which has all."""
    if actor.is_system:
        return None
    reaches = tuple({reach for permission in states.PARTS for reach in actor.reaches_for(permission)})
    return set(Unit.objects.in_reach(reaches).values_list("pk", flat=True))


def overdue(actor: Actor, today: date) -> Iterator[tuple[Duty, date]]:
    """What this person has a part in and is late, with the day it was due, the latest first."""
    late = [(duty, due) for duty in duties(units_of_part(actor)) if (due := duty.due_on(today)) < today]
    yield from sorted(late, key=lambda one: one[1])
