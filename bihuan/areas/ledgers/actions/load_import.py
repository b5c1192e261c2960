"""Carry the import out: all of it in one transaction, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery

from bihuan.areas.ledgers.models import LedgerImport, LedgerRow
from bihuan.areas.ledgers.policies import may_load, may_open_units, may_take_for
from bihuan.areas.ledgers.take import old_row, text
from bihuan.areas.ledgers.words import origin_title
from bihuan.kernel.actor import SYSTEM, Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.actions.add_person import NewPerson, add_people
from bihuan.org.actions.open_unit import NewUnit, open_units
from bihuan.org.models import Person, Unit
from bihuan.problems.actions.take_over import CHUNK, OldRow, take_over_all
from bihuan.problems.models import Problem
from bihuan.record.actions.append import append

from .load_version import VERDICTS, Names, load_version
from .remember_columns import remember_columns

#: verdicts of the rows that are taken over
TAKE = ("ok", "guessed")


@transaction.atomic
def load_import(*, ledger: LedgerImport, by: Actor, at: datetime) -> LedgerImport:
    """Take over every row that may be taken; the others keep their verdict for the correction file.

    Two people who press at once: one loads, the other reads 已被他人处理 (conditional update on the state).
    """
    may = may_load(ledger, by)
    if not may:
        raise Refused(may.reason, may.todo)
    draft, loading = LedgerImport.State.DRAFT, LedgerImport.State.LOADING
    if not LedgerImport.objects.filter(pk=ledger.pk, state__in=(draft, loading)).update(
        state=LedgerImport.State.DONE, loaded_at=at, loaded_by_id=by.person_id
    ):
        raise Stale()
    rows = ledger.rows.filter(verdict__in=TAKE)
    named_rows = ledger.rows.filter(verdict__in=(*TAKE, *VERDICTS))
    named = _named(named_rows)
    _check_reach(named, named_rows, by)
    units, made_units = _units(named, by, at)
    people, made_people = _people(named, units, by, at)
    olds = _old_rows(rows, ledger, units, people)
    problems = take_over_all(source=ledger.source, rows=olds, by=by, at=at)
    newer = load_version(ledger=ledger, names=Names(units, people), by=by, at=at)
    remember_columns(ledger=ledger, by=by, at=at)
    _report(ledger)
    append(
        stream=ledger.stream,
        subject=ledger.filename,
        kind="ledger.loaded",
        by=by,
        at=at,
        unit_id=ledger.home_id,
        data={
            "taken": len(problems),
            **newer,
            "counts": ledger.counts,
            "units_opened": made_units,
            "people_added": made_people,
        },
    )
    ledger.refresh_from_db()
    return ledger


@dataclass(slots=True)
class _Named:
    """Who and what the rows name, without the rows: each once, in the order of the ledger.

    `people` are by the unit of the first row that names them, both as the reading gave them.
    """

    units: dict[str, None] = field(default_factory=dict)
    others: set[str] = field(default_factory=set)
    people: dict[str, str] = field(default_factory=dict)


def _in_parts(rows: QuerySet[LedgerRow], *columns: str) -> Iterator[tuple[Any, ...]]:
    """These columns of all rows in order, CHUNK rows in memory at a time. The connection is free in between."""
    last, wanted = 0, rows.order_by("order").values_list("order", *columns)
    while part := list(wanted.filter(order__gt=last)[:CHUNK]):
        for order, *values in part:
            last = order
            yield tuple(values)


def _named(rows: QuerySet[LedgerRow]) -> _Named:
    named = _Named()
    for (values,) in _in_parts(rows, "values"):
        unit = text(values, "unit_id")
        named.units.setdefault(unit)
        named.people.setdefault(text(values, "person_id"), unit)
        named.others.add(text(values, "supervise_unit_id"))
        named.others.update(str(found) for found in values.get("assist_ids", ()))
    return named


def _old_rows(
    rows: QuerySet[LedgerRow], ledger: LedgerImport, units: dict[str, Unit], people: dict[str, Person]
) -> Iterator[OldRow]:
    closure_column = any(column["field"] == "closed_state" for column in ledger.columns)
    wanted = ("sheet", "source_row", "values", "guessed", "origin_key")
    for sheet, source_row, values, guessed, key in _in_parts(rows, *wanted):
        yield old_row(
            values,
            guessed,
            key=key,
            people=people,
            units=units,
            unit=units.get(text(values, "unit_id"), ledger.home),
            title=origin_title(ledger.filename, sheet, source_row),
            has_closure_column=closure_column,
        )


def _check_reach(named: _Named, rows: QuerySet[LedgerRow], by: Actor) -> None:
    """Every row's unit is one this person may import for. Asked when it is carried out, whoever read the file."""
    if any(found.startswith("new:") for found in named.units) and not (may := may_open_units(by)):
        raise Refused(may.reason, may.todo)
    for unit in Unit.objects.filter(pk__in=[int(found) for found in named.units if found.isdigit()]):
        may = may_take_for(by, unit)
        if not may:
            own = rows.filter(values__unit_id=str(unit.pk)).order_by("order")
            lines = "、".join(str(line) for line in own.values_list("source_row", flat=True)[:10])
            raise Refused(f"原表第 {lines} 行：{may.reason}", may.todo)


def _report(ledger: LedgerImport) -> None:
    """What became of each row, for good; row and problem find each other by their key, in one statement."""
    taken = Problem.objects.filter(source=ledger.source, origin_key=OuterRef("origin_key")).values("pk")
    ledger.rows.filter(verdict__in=TAKE).update(outcome=LedgerRow.Outcome.TAKEN, problem=Subquery(taken[:1]))
    rest = ledger.rows.filter(outcome=LedgerRow.Outcome.WAITING)
    rest.filter(verdict="present").update(outcome=LedgerRow.Outcome.PRESENT)
    rest.exclude(verdict="present").update(outcome=LedgerRow.Outcome.LEFT)


def _new(found: Iterable[str]) -> list[str]:
    """Names the importer asked to create, in the order of the ledger."""
    return [name.removeprefix("new:") for name in found if name.startswith("new:")]


def _units(named: _Named, by: Actor, at: datetime) -> tuple[dict[str, Unit], list[int]]:
    """Units by the ids of the reading. New ones become 外委单位 below the group.

    The importer decided, the system acts: opening a contractor for a ledger is part of importing it, and the
    import's own event names the person and the units.
    """
    names = _new(named.units)
    root = Unit.objects.get(parent=None)
    first = Unit.objects.filter(code__startswith="WW").count() + 1
    news = [
        NewUnit(f"WW{number:04d}", name[:80], Unit.Kind.CONTRACTOR, root.code)
        for number, name in enumerate(names, first)
    ]
    made = open_units(units=news, on=local_day(at), by=SYSTEM, at=at) if news else []
    ids = {*named.units, *named.others}
    known = Unit.objects.in_bulk([int(found) for found in ids if found.isdigit()])
    units: dict[str, Unit] = {str(pk): unit for pk, unit in known.items()}
    units.update({f"new:{name}": unit for name, unit in zip(names, made, strict=True)})
    return units, [unit.pk for unit in made]


def _people(
    named: _Named, units: dict[str, Unit], by: Actor, at: datetime
) -> tuple[dict[str, Person], list[int]]:
    names = _new(named.people)
    root = Unit.objects.get(parent=None)
    first = Person.objects.filter(staff_no__startswith="TZ").count() + 1
    news = [
        NewPerson(f"TZ{number:05d}", name[:40], units.get(named.people[f"new:{name}"]) or root)
        for number, name in enumerate(names, first)
    ]
    made = add_people(people=news, on=local_day(at), by=SYSTEM, at=at) if news else []
    known = Person.objects.in_bulk([int(found) for found in named.people if found.isdigit()])
    people: dict[str, Person] = {str(pk): person for pk, person in known.items()}
    people.update({f"new:{name}": person for name, person in zip(names, made, strict=True)})
    return people, [person.pk for person in made]
