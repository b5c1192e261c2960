"""The organisation as the reading asks it: names of a ledger against units and people, decisions first."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from bihuan.kernel.text import fold, similarity
from bihuan.org.models import Person, Unit

from .wishes import HOME, NEW, TEXT
from .words import gone_home, works_elsewhere

#: below this two names are not alike enough to be offered
LIKE = 0.34


@dataclass(frozen=True, slots=True)
class Entry:
    """`id` is an id as text, or `new:<name>` for what will be created when the import is carried out.

    `why` says what makes the match only likely, in Chinese; empty for a decision or an exact name.
    """

    id: str
    name: str
    why: str = ""


class OrgDirectory:
    """All open units and people by folded name, two queries for a whole ledger.

    A decision of the importer wins. Otherwise a unit is found by name, short name, code or alias, or when
    exactly one unit's name holds the word; a person by name, preferring the unit of the row.
    """

    def __init__(self, *, home: Unit, day: date, wishes: dict[str, Any]) -> None:
        self._home = home
        self._units_chosen: dict[str, str] = wishes.get("units", {})
        self._people_chosen: dict[str, str] = wishes.get("people", {})
        self.units: dict[int, Unit] = {unit.pk: unit for unit in Unit.objects.open_on(day).in_tree_order()}
        self._by_word: dict[str, list[Unit]] = defaultdict(list)
        for unit in self.units.values():
            words = {fold(word) for word in (unit.name, unit.short_name, unit.code, *unit.aliases) if word}
            for word in words:
                self._by_word[word].append(unit)
        self._names = [(unit, fold(unit.name)) for unit in self.units.values()]
        self.people: list[Person] = list(Person.objects.here_on(day).by_name())
        self._people: dict[str, list[Person]] = defaultdict(list)
        for person in self.people:
            self._people[fold(person.name)].append(person)

    def find_units(self, name: str) -> list[Entry]:
        chosen = self._units_chosen.get(name)
        if chosen == NEW:
            return [Entry(f"new:{name}", name)]
        if chosen == HOME:
            return [Entry(str(self._home.pk), self._home.shown, gone_home(name, self._home.shown))]
        if chosen and chosen.isdigit() and int(chosen) in self.units:
            return [self._entry(self.units[int(chosen)])]
        word = fold(name)
        found = self._by_word.get(word) or self._holding(word)
        return [self._entry(unit) for unit in found]

    def _holding(self, word: str) -> list[Unit]:
        """Units whose full name begins or ends with the word: 机修 may be 机修车间 of two mills."""
        if len(word) < 2:
            return []
        return [unit for unit, name in self._names if name.startswith(word) or name.endswith(word)][:6]

    def units_like(self, name: str, most: int = 4) -> list[Unit]:
        """Units to offer for a name that was not found for sure: the candidates, else those spelled alike."""
        found = [self.units[int(entry.id)] for entry in self.find_units(name) if entry.id.isdigit()]
        if found:
            return found[:most]
        word = fold(name)
        near = ((unit, other) for unit, other in self._names if len(set(word) & set(other)) > 1)
        scored = sorted(((similarity(word, other), -unit.pk) for unit, other in near), reverse=True)
        return [self.units[-pk] for score, pk in scored[:most] if score >= LIKE]

    def find_people(self, name: str, unit: str) -> list[Entry]:
        chosen = self._people_chosen.get(name)
        if chosen == NEW:
            return [Entry(f"new:{name}", name)]
        if chosen == TEXT:
            return [Entry("", name)]
        if chosen and chosen.isdigit():
            return [Entry(chosen, name)]
        found = self._people.get(fold(name), [])
        row = self._unit_of(unit)
        if len(found) > 1 and row is not None:
            found = [person for person in found if self._works_in(person, row)] or found
        return [Entry(str(person.pk), person.name, self._doubt(person, row)) for person in found]

    def people_like(self, name: str, most: int = 6) -> list[Person]:
        """People of exactly this name: another name is another person."""
        return self._people.get(fold(name), [])[:most]

    def _doubt(self, person: Person, row: Unit | None) -> str:
        """The same name somewhere else may be somebody else."""
        own = self.units.get(person.unit_id or 0)
        if row is None or own is None or self._works_in(person, row):
            return ""
        if (row.path or "").startswith(own.path or "-"):
            return ""
        return works_elsewhere(person.name, own.shown, row.shown)

    def _unit_of(self, name: str) -> Unit | None:
        found = self.find_units(name) if name else []
        return self.units.get(int(found[0].id)) if len(found) == 1 and found[0].id.isdigit() else None

    def _works_in(self, person: Person, unit: Unit) -> bool:
        own = self.units.get(person.unit_id or 0)
        return own is not None and (own.path or "").startswith(unit.path or "-")

    @staticmethod
    def _entry(unit: Unit) -> Entry:
        return Entry(str(unit.pk), unit.shown)
