"""Names of the ledger against the organisation. The organisation is handed in: this room may not know it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from .draft import Row
from .fields import label_of


class Directory(Protocol):
    """What the caller knows. Entries have `id` and `name`, and `why` when they are
    only likely; an empty list means unknown, several mean a choice."""

    def find_units(self, name: str) -> Sequence[Any]: ...

    def find_people(self, name: str, unit: str) -> Sequence[Any]: ...


class Matcher:
    """Asks for each name once. Matches stand in `unit_id`, `person_id` and so on beside the words."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._units: dict[str, list[Any]] = {}
        self._people: dict[tuple[str, str], list[Any]] = {}

    def match(self, row: Row) -> None:
        self._match_unit(row, "unit", blocking=True)
        self._match_unit(row, "supervise_unit", blocking=False)
        self._match_assisting(row)
        for code in ("person", "leader", "verifier"):
            self._match_person(row, code)

    def _match_unit(self, row: Row, code: str, *, blocking: bool) -> None:
        name = row.text(code)
        if not name:
            return
        found = self._find(name)
        if len(found) == 1:
            self._take(row, code, name, found[0])
        elif found:
            names = "、".join(entry.name for entry in found[:4])
            row.problem(
                "several_units",
                code,
                f"“{name}”对上 {len(found)} 家（{names}），要选一家",
                "选单位",
                blocking=blocking,
                value=name,
            )
        else:
            row.problem(
                "unknown_unit",
                code,
                f"{label_of(code)}“{name}”在组织里找不到",
                "新建或选一家单位",
                blocking=blocking,
                value=name,
            )

    @staticmethod
    def _take(row: Row, code: str, name: str, entry: Any) -> None:
        """An entry may say itself why it is only likely; another spelling of the name always is."""
        row.values[f"{code}_id"] = entry.id
        why = getattr(entry, "why", "") or (f"“{name}”对上“{entry.name}”" if entry.name != name else "")
        if why:
            row.guess(code, name, entry.name, why)

    def _match_assisting(self, row: Row) -> None:
        """Assisting units that are known get their ids; the words stay whole beside them."""
        names = row.values.get("assist_units")
        ids = [
            found[0].id
            for name in (names if isinstance(names, list) else ())
            if len(found := self._find(name)) == 1
        ]
        if ids:
            row.values["assist_ids"] = ids

    def _find(self, name: str) -> list[Any]:
        if name not in self._units:
            self._units[name] = list(self._directory.find_units(name))
        return self._units[name]

    def _match_person(self, row: Row, code: str) -> None:
        name = row.text(code)
        unit = row.text("unit")
        if not name or "、" in name:
            return
        if (name, unit) not in self._people:
            self._people[(name, unit)] = list(self._directory.find_people(name, unit))
        found = self._people[(name, unit)]
        if len(found) == 1:
            self._take(row, code, name, found[0])
        elif found:
            row.problem(
                "several_people",
                code,
                f"“{name}”有 {len(found)} 人同名，要选一人",
                "选人",
                blocking=code == "person",
                value=name,
            )
        else:
            row.problem(
                "unknown_person",
                code,
                f"{label_of(code)}“{name}”在组织里找不到",
                "新建或选一人",
                blocking=code == "person",
                value=name,
            )
