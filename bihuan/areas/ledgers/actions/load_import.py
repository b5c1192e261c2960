"""Carry the import out: all of it in one transaction, or nothing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Subquery

from bihuan.areas.ledgers.models import LedgerImport, LedgerRow
from bihuan.areas.ledgers.policies import may_load, may_open_units, may_take_for
from bihuan.areas.ledgers.take import old_row, text
from bihuan.kernel.actor import SYSTEM, Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.actions.add_person import NewPerson, add_people
from bihuan.org.actions.open_unit import NewUnit, open_units
from bihuan.org.models import Person, Unit
from bihuan.problems.actions.take_over import take_over
from bihuan.problems.models import Problem
from bihuan.record.actions.append import append

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
    rows = list(ledger.rows.filter(verdict__in=TAKE).order_by("order"))
    _check_reach(rows, by)
    units, made_units = _units(rows, ledger, by, at)
    people, made_people = _people(rows, units, by, at)
    closure_column = any(column["field"] == "closed_state" for column in ledger.columns)
    olds = [
        old_row(
            row.values,
            row.guessed,
            key=row.origin_key,
            people=people,
            units=units,
            unit=units.get(text(row.values, "unit_id"), ledger.home),
            title=f"{ledger.filename} {row.sheet} 第 {row.source_row} 行",
            has_closure_column=closure_column,
        )
        for row in rows
    ]
    problems = take_over(source=ledger.source, rows=olds, by=by, at=at)
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
            "counts": ledger.counts,
            "units_opened": made_units,
            "people_added": made_people,
        },
    )
    ledger.refresh_from_db()
    return ledger


def _check_reach(rows: list[LedgerRow], by: Actor) -> None:
    """Every row's unit is one this person may import for. Asked when it is carried out, whoever read the file."""
    named: dict[str, list[int]] = {}
    for row in rows:
        named.setdefault(text(row.values, "unit_id"), []).append(row.source_row)
    if any(found.startswith("new:") for found in named) and not (may := may_open_units(by)):
        raise Refused(may.reason, may.todo)
    for unit in Unit.objects.filter(pk__in=[int(found) for found in named if found.isdigit()]):
        may = may_take_for(by, unit)
        if not may:
            lines = "、".join(str(line) for line in named[str(unit.pk)][:10])
            raise Refused(f"原表第 {lines} 行：{may.reason}", may.todo)


def _report(ledger: LedgerImport) -> None:
    """What became of each row, for good; row and problem find each other by their key, in one statement."""
    taken = Problem.objects.filter(source=ledger.source, origin_key=OuterRef("origin_key")).values("pk")
    ledger.rows.filter(verdict__in=TAKE).update(outcome=LedgerRow.Outcome.TAKEN, problem=Subquery(taken[:1]))
    rest = ledger.rows.filter(outcome=LedgerRow.Outcome.WAITING)
    rest.filter(verdict="present").update(outcome=LedgerRow.Outcome.PRESENT)
    rest.exclude(verdict="present").update(outcome=LedgerRow.Outcome.LEFT)


def _wanted(rows: list[LedgerRow], field: str) -> list[str]:
    """Names the importer asked to create, in the order of the ledger."""
    ids = (text(row.values, field) for row in rows)
    return list(dict.fromkeys(found.removeprefix("new:") for found in ids if found.startswith("new:")))


def _units(
    rows: list[LedgerRow], ledger: LedgerImport, by: Actor, at: datetime
) -> tuple[dict[str, Unit], list[int]]:
    """Units by the ids of the reading. New ones become 外委单位 below the group.

    The importer decided, the system acts: opening a contractor for a ledger is part of importing it, and the
    import's own event names the person and the units.
    """
    names = _wanted(rows, "unit_id")
    root = Unit.objects.get(parent=None)
    first = Unit.objects.filter(code__startswith="WW").count() + 1
    news = [
        NewUnit(f"WW{number:04d}", name[:80], Unit.Kind.CONTRACTOR, root.code)
        for number, name in enumerate(names, first)
    ]
    made = open_units(units=news, on=local_day(at), by=SYSTEM, at=at) if news else []
    ids = {text(row.values, code) for row in rows for code in ("unit_id", "supervise_unit_id")}
    ids |= {str(found) for row in rows for found in row.values.get("assist_ids", ())}
    known = Unit.objects.in_bulk([int(found) for found in ids if found.isdigit()])
    units: dict[str, Unit] = {str(pk): unit for pk, unit in known.items()}
    units.update({f"new:{name}": unit for name, unit in zip(names, made, strict=True)})
    return units, [unit.pk for unit in made]


def _people(
    rows: list[LedgerRow], units: dict[str, Unit], by: Actor, at: datetime
) -> tuple[dict[str, Person], list[int]]:
    names = _wanted(rows, "person_id")
    home: dict[str, Any] = {}
    for row in rows:
        home.setdefault(
            text(row.values, "person_id").removeprefix("new:"), units.get(text(row.values, "unit_id"))
        )
    root = Unit.objects.get(parent=None)
    first = Person.objects.filter(staff_no__startswith="TZ").count() + 1
    news = [
        NewPerson(f"TZ{number:05d}", name[:40], home.get(name) or root)
        for number, name in enumerate(names, first)
    ]
    made = add_people(people=news, on=local_day(at), by=SYSTEM, at=at) if news else []
    ids = {text(row.values, "person_id") for row in rows}
    known = Person.objects.in_bulk([int(found) for found in ids if found.isdigit()])
    people: dict[str, Person] = {str(pk): person for pk, person in known.items()}
    people.update({f"new:{name}": person for name, person in zip(names, made, strict=True)})
    return people, [person.pk for person in made]
