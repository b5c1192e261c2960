"""接管历史: a ledger's rows enter as they stand there; what they state as closed is not verified here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Invalid, Refused
from bihuan.org.models import PackVersion, Unit
from bihuan.org.reads import current_pack
from bihuan.problems import states, words
from bihuan.problems.likeness import LOOK
from bihuan.problems.models import Measure, Part, Problem, TakeOver
from bihuan.problems.search import remember_many
from bihuan.record.actions.append_first import append_first
from bihuan.record.actions.enqueue import enqueue
from bihuan.record.pour import pour, take_ids
from bihuan.registry import shelf

from .give_number import give_numbers_of, number_head
from .index_words import found_by
from .raise_problem import PACK
from .set_measures import MeasureDraft

#: the job that tells owners what an import brought them
TELL = "problems.tell_taken_over"
#: rows in hand at a time: what a large import needs in memory
CHUNK = 2000
_FIELDS = {field.attname: field for field in Problem._meta.concrete_fields}
_COLUMNS = tuple(_FIELDS)
_DEFAULTS = {name: field.get_default() for name, field in _FIELDS.items()}
_KEYS = {field.name: name for name, field in _FIELDS.items() if field.is_relation}
_MEASURE = (
    "problem_id", "order", "text", "standard", "owner_id", "owner_text", "due_on", "progress", "percent",
    "document_no",
)  # fmt: skip
_TAKE_OVER = (
    "problem_id", "round", "done_at", "done_by_id", "text", "stated_state", "stated_closed_on", "stated_verifier",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stated:
    """What the ledger says about the past. `closed` takes the row over as closed, without a verifier."""

    closed: bool = False
    words: str = ""
    closed_on: date | None = None
    verifier: str = ""


@dataclass(frozen=True, slots=True)
class OldRow:
    """One row of a ledger. `details` are further columns of Problem (place, lead, timing, extras …)."""

    origin_key: str
    unit: Unit
    statement: str
    stated: Stated = field(default_factory=Stated)
    found_on: date | None = None
    due_on: date | None = None
    measures: tuple[MeasureDraft, ...] = ()
    assisting: tuple[Unit, ...] = ()
    details: dict[str, Any] = field(default_factory=dict)


@transaction.atomic
def take_over(*, source: str, rows: Sequence[OldRow], by: Actor, at: datetime) -> list[Problem]:
    """`take_over_all`, and the problems themselves, in the order of the rows."""
    ids = take_over_all(source=source, rows=rows, by=by, at=at)
    made = Problem.objects.select_related("unit", "lead").in_bulk(ids)
    return [made[pk] for pk in ids]


@transaction.atomic
def take_over_all(*, source: str, rows: Iterable[OldRow], by: Actor, at: datetime) -> list[int]:
    """Take rows over, in their order, all or none; a chunk at a time, so that memory stays small. Returns their ids.

    Closed rows become 已销号 without a closer; open ones 整改中 (begun, with a lead), 待认领 (with a lead) or
    待下达. Raises Refused when a row's key is already here, Invalid for an unknown source.
    """
    known = shelf.sources().get(source)
    if known is None:
        raise Invalid(f"没有“{source}”这个来源", "在来源里选一个")
    if not by.is_system and not (by.may("ledger.import") or by.may("ledger.import_own")):
        raise Refused("你没有导入台账的权限", "请安全管理员授权")
    batch = _Batch(source, known.prefix, current_pack(PACK, local_day(at)), by, at)
    waiting, ids = iter(rows), list[int]()
    while part := list(islice(waiting, CHUNK)):
        _not_twice(batch, part, waiting)
        ids += _take(batch, part)
    if batch.owners:
        told = {str(person): [count, batch.first[person]] for person, count in batch.owners.items()}
        enqueue(kind=TELL, payload={"people": told}, by=by, at=at)
    if ids:
        enqueue(kind=LOOK, payload={"first": min(ids), "last": max(ids)}, by=by, at=at)
    return ids


@dataclass(slots=True)
class _Batch:
    """What all rows of one import share, and who will hear of how many (owners of what waits for 认领)."""

    source: str
    prefix: str
    pack: PackVersion
    by: Actor
    at: datetime
    owners: Counter[int] = field(default_factory=Counter)
    first: dict[int, int] = field(default_factory=dict)


def taken_keys(source: str, keys: Sequence[str]) -> Iterator[str]:
    """Those of these origin keys that are already here, asked in chunks both databases can take."""
    for start in range(0, len(keys), CHUNK):
        chunk = keys[start : start + CHUNK]
        yield from Problem.objects.filter(source=source, origin_key__in=chunk).values_list(
            "origin_key", flat=True
        )


def _not_twice(batch: _Batch, part: list[OldRow], waiting: Iterator[OldRow]) -> None:
    def twice(rows: list[OldRow]) -> int:
        here = set(taken_keys(batch.source, [row.origin_key for row in rows]))
        return sum(1 for row in rows if row.origin_key in here or not row.origin_key)

    if found := twice(part):
        found += twice(list(waiting))
        raise Refused(f"有 {found} 行已经导入过", "重新试运行，已有的行不会再导入")


def _take(batch: _Batch, part: list[OldRow]) -> list[int]:
    ids = take_ids(Problem, len(part))
    made = [_values(batch, *one) for one in zip(ids, _numbers(batch, part), part, strict=True)]
    pour(Problem, _COLUMNS, ([values[name] for name in _COLUMNS] for values in made))
    pairs = list(zip(made, part, strict=True))
    _pour_steps(batch, pairs)
    _pour_measures(pairs)
    remember_many([(values["id"], _words(values, row), row.unit.path or "") for values, row in pairs])
    append_first(
        kind=states.STEPS["take_over"].event,
        by=batch.by,
        at=batch.at,
        streams=[
            (
                f"problem:{values['id']}",
                values["unit_id"],
                {
                    "to": values["closure"],
                    "number": values["number"],
                    "source": batch.source,
                    "stated": row.stated.words,
                    "stated_closed_on": str(row.stated.closed_on or ""),
                },
            )
            for values, row in pairs
        ],
    )
    for values in made:
        if values["closure"] == states.ASSIGNED:
            batch.owners[values["lead_id"]] += 1
            batch.first.setdefault(values["lead_id"], values["id"])
    return ids


def _numbers(batch: _Batch, part: list[OldRow]) -> list[str]:
    day = local_day(batch.at)
    heads = [number_head(batch.prefix, row.unit, row.found_on or day) for row in part]
    given = {head: iter(numbers) for head, numbers in give_numbers_of(counts=Counter(heads)).items()}
    return [next(given[head]) for head in heads]


def state_of(row: OldRow) -> str:
    """Where a row stands by what its ledger says."""
    if row.stated.closed:
        return states.CLOSED
    if row.details.get("lead") is None:
        return states.RAISED
    begun = row.details.get("progress", "not_started") != "not_started"
    return states.RECTIFYING if begun else states.ASSIGNED


def _values(batch: _Batch, pk: int, number: str, row: OldRow) -> dict[str, Any]:
    """One problem by column."""
    details = {_KEYS[name]: one and one.pk for name, one in row.details.items() if name in _KEYS}
    details |= {name: value for name, value in row.details.items() if name not in _KEYS}
    if unknown := details.keys() - _FIELDS.keys():
        raise TypeError(f"a problem has no {', '.join(sorted(unknown))}")
    if row.stated.closed:
        details["progress"] = "done"
    return _DEFAULTS | {
        "id": pk,
        "number": number,
        "source": batch.source,
        "origin_key": row.origin_key,
        "unit_id": row.unit.pk,
        "statement": row.statement.strip(),
        "found_on": row.found_on,
        "due_on": row.due_on,
        "first_due_on": row.due_on,
        "due_note": words.FROM_LEDGER if row.due_on else "",
        "closure": state_of(row),
        "is_open": not row.stated.closed,
        "taken_over": True,
        "stated_closed_on": row.stated.closed_on,
        "rule_pack_id": batch.pack.pk,
        "raised_at": batch.at,
        "raised_by_id": batch.by.person_id,
        "changed_at": batch.at,
        **details,
    }


def _words(values: dict[str, Any], row: OldRow) -> str:
    lead = row.details.get("lead")
    return found_by(
        values["number"],
        values["statement"],
        values["place"],
        values["equipment"],
        values["category"],
        row.unit,
        values["unit_text"],
        lead.name if lead else values["lead_text"],
        values["origin_title"],
    )


def _pour_steps(batch: _Batch, pairs: list[tuple[dict[str, Any], OldRow]]) -> None:
    at, by = batch.at, batch.by.person_id
    pour(
        TakeOver,
        _TAKE_OVER,
        (
            (v["id"], 1, at, by, "", row.stated.words[:40], row.stated.closed_on, row.stated.verifier[:120])
            for v, row in pairs
        ),
    )
    helping = [(v["id"], unit.pk) for v, row in pairs for unit in dict.fromkeys(row.assisting)]
    if helping:
        pour(Problem.assisting.through, ("problem_id", "unit_id"), helping)


def _pour_measures(pairs: list[tuple[dict[str, Any], OldRow]]) -> None:
    drafts = [(values, order, draft) for values, row in pairs for order, draft in enumerate(row.measures, 1)]
    if drafts:
        pour(
            Measure,
            _MEASURE,
            (
                (
                    v["id"], order, draft.text, draft.standard[:200], draft.owner_id, draft.owner_text[:120],
                    draft.due_on, v["progress"], 100 if v["progress"] == "done" else 0, draft.document_no,
                )
                for v, order, draft in drafts
            ),
        )  # fmt: skip
    sides = {(v["id"], draft.owner_id) for v, _, draft in drafts if draft.owner_id}
    sides |= {(v["id"], v["lead_id"]) for v, _ in pairs if v["lead_id"]}
    if sides:
        pour(
            Part,
            ("problem_id", "round", "person_id", "side"),
            ((pk, 1, person, Part.Side.RECTIFY.value) for pk, person in sorted(sides)),
        )
