"""The organisation as the reading asks it: names of a ledger against units and people, decisions first."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from bihuan.kernel.text import fold
from bihuan.org.models import Person, Unit

from .wishes import HOME, NEW, TEXT


@dataclass(frozen=True, slots=True)
class Entry:
    """`id` is an id as text, or `new:<name>` for what will be created when the import is carried out."""

    id: str
    name: str


class OrgDirectory:
    """All open units and people by folded name, two queries for a whole ledger.

    A decision of the importer wins. Otherwise a unit is found by name, short name, code or alias, or when
    exactly one unit's name holds the word; a person by name, preferring the unit of the row.
    """

    def __init__(self, *, home: Unit, day: date, wishes: dict[str, Any]) -> None:
        self._home = home
        self._units_chosen: dict[str, str] = wishes.get("units", {})
        self._people_chosen: dict[str, str] = wishes.get("people", {})
        self._units: dict[int, Unit] = {unit.pk: unit for unit in Unit.objects.open_on(day).in_tree_order()}
        self._by_word: dict[str, list[Unit]] = defaultdict(list)
        for unit in self._units.values():
            words = {fold(word) for word in (unit.name, unit.short_name, unit.code, *unit.aliases) if word}
            for word in words:
                self._by_word[word].append(unit)
        self._people: dict[str, list[Person]] = defaultdict(list)
        for person in Person.objects.here_on(day).by_name():
            self._people[fold(person.name)].append(person)
        self.unknown_people: set[str] = set()

    def find_units(self, name: str) -> list[Entry]:
        chosen = self._units_chosen.get(name)
        if chosen == NEW:
            return [Entry(f"new:{name}", name)]
        if chosen == HOME:
            return [Entry(str(self._home.pk), self._home.shown)]
        if chosen and chosen.isdigit() and int(chosen) in self._units:
            return [self._entry(self._units[int(chosen)])]
        word = fold(name)
        found = self._by_word.get(word) or self._holding(word)
        return [self._entry(unit) for unit in found]

    def _holding(self, word: str) -> list[Unit]:
        """Units whose full name begins or ends with the word: 机修 may be 机修车间 of two mills."""
        if len(word) < 2:
            return []
        names = ((unit, fold(unit.name)) for unit in self._units.values())
        return [unit for unit, name in names if name.startswith(word) or name.endswith(word)][:6]

    def find_people(self, name: str, unit: str) -> list[Entry]:
        chosen = self._people_chosen.get(name)
        if chosen == NEW:
            return [Entry(f"new:{name}", name)]
        if chosen == TEXT:
            return [Entry("", name)]
        if chosen and chosen.isdigit():
            return [Entry(chosen, name)]
        found = self._people.get(fold(name), [])
        if len(found) > 1:
            path = self._path_of(unit)
            near = [p for p in found if path and p.unit_id in self._units and self._below(p.unit_id, path)]
            found = near or found
        return [Entry(str(person.pk), person.name) for person in found]

    def _path_of(self, name: str) -> str:
        found = self.find_units(name) if name else []
        if len(found) == 1 and found[0].id.isdigit():
            return self._units[int(found[0].id)].path or ""
        return ""

    def _below(self, unit_id: int, path: str) -> bool:
        return (self._units[unit_id].path or "").startswith(path)

    @staticmethod
    def _entry(unit: Unit) -> Entry:
        return Entry(str(unit.pk), unit.shown)
