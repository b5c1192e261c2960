"""Names of a ledger that the organisation does not know, each with what it may be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bihuan.areas.ledgers.directory import OrgDirectory
from bihuan.areas.ledgers.models import LedgerImport
from bihuan.areas.ledgers.words import KINDS, NO_UNIT

#: more than this is no help in a list of suggestions; the input takes any name or code all the same
MOST_OFFERED = 500


@dataclass(frozen=True, slots=True)
class WaitingName:
    """`offers` are (id as text, words) of whom it may be."""

    name: str
    rows: int
    offers: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class NameGroup:
    """`kind` is units or people; `choices` are (what to type, what stands beside it)."""

    kind: str
    label: str
    names: list[WaitingName]
    choices: list[tuple[str, str]]


def waiting_names(ledger: LedgerImport, day: date, only: str = "") -> list[NameGroup]:
    """Names that stand in the way, with the rows that wait for each; two queries, none where nothing waits."""
    wanted = {kind: _only(ledger.names.get(kind, {}), only) for kind in ("units", "people")}
    if not any(wanted.values()):
        return []
    directory = OrgDirectory(home=ledger.home, day=day, wishes=ledger.wishes)
    groups = []
    if wanted["units"]:
        groups.append(
            NameGroup("units", KINDS["units"], _units(wanted["units"], directory), _unit_choices(directory))
        )
    if wanted["people"]:
        groups.append(
            NameGroup(
                "people", KINDS["people"], _people(wanted["people"], directory), _people_choices(directory)
            )
        )
    return groups


def _only(names: dict[str, int], one: str) -> dict[str, int]:
    return {name: count for name, count in names.items() if not one or name == one}


def _units(names: dict[str, int], directory: OrgDirectory) -> list[WaitingName]:
    return [
        WaitingName(name, count, [(str(unit.pk), unit.name) for unit in directory.units_like(name)])
        for name, count in names.items()
    ]


def _people(names: dict[str, int], directory: OrgDirectory) -> list[WaitingName]:
    return [
        WaitingName(
            name,
            count,
            [
                (str(p.pk), f"{p.name}（{p.staff_no}，{_where(directory, p.unit_id)}）")
                for p in directory.people_like(name)
            ],
        )
        for name, count in names.items()
    ]


def _where(directory: OrgDirectory, unit_id: int | None) -> str:
    unit = directory.units.get(unit_id or 0)
    return unit.shown if unit else NO_UNIT


def _unit_choices(directory: OrgDirectory) -> list[tuple[str, str]]:
    return [(unit.name, unit.code) for unit in list(directory.units.values())[:MOST_OFFERED]]


def _people_choices(directory: OrgDirectory) -> list[tuple[str, str]]:
    """By name, staff number or the letters of the pinyin: a browser searches both columns."""
    return [
        (f"{p.name}（{p.staff_no}）", f"{_where(directory, p.unit_id)} {p.sort_key}")
        for p in directory.people[:MOST_OFFERED]
    ]
