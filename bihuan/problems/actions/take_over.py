"""接管历史: a ledger's rows enter as they stand there; what they state as closed is not verified here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Invalid, Refused
from bihuan.org.models import PackVersion, Unit
from bihuan.org.reads import current_pack
from bihuan.problems import states, words
from bihuan.problems.models import Measure, Part, Problem, TakeOver
from bihuan.problems.search import remember_many
from bihuan.record.actions.append_first import append_first
from bihuan.registry import shelf

from .give_number import give_numbers, number_head
from .index_words import words_of
from .raise_problem import PACK
from .set_measures import MeasureDraft


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
    """Take rows over, in their order, in a handful of statements whatever their number.

    Closed rows become 已销号 without a closer; open ones 整改中 (begun, with a lead), 待认领 (with a lead) or
    待下达. Raises Refused when a row's key is already here, Invalid for an unknown source.
    """
    known = shelf.sources().get(source)
    if known is None:
        raise Invalid(f"没有“{source}”这个来源", "在来源里选一个")
    if not by.is_system and not (by.may("ledger.import") or by.may("ledger.import_own")):
        raise Refused("你没有导入台账的权限", "请安全管理员授权")
    here = set(taken_keys(source, [row.origin_key for row in rows]))
    twice = [row for row in rows if row.origin_key in here or not row.origin_key]
    if twice:
        raise Refused(f"有 {len(twice)} 行已经导入过", "重新试运行，已有的行不会再导入")
    pack = current_pack(PACK, local_day(at))
    numbers = _numbers(known.prefix, rows, at)
    problems = Problem.objects.bulk_create(
        [_problem(row, number, source, pack, by, at) for row, number in zip(rows, numbers, strict=True)],
        batch_size=200,
    )
    _steps(problems, rows, by, at)
    _measures(problems, rows)
    remember_many([(problem.pk, words_of(problem)) for problem in problems])
    append_first(
        kind=states.STEPS["take_over"].event,
        by=by,
        at=at,
        streams=[
            (
                problem.stream,
                problem.unit_id,
                {
                    "to": problem.closure,
                    "number": problem.number,
                    "source": source,
                    "stated": row.stated.words,
                    "stated_closed_on": str(row.stated.closed_on or ""),
                },
            )
            for problem, row in zip(problems, rows, strict=True)
        ],
    )
    return problems


def taken_keys(source: str, keys: Sequence[str]) -> Iterator[str]:
    """Those of these origin keys that are already here, asked in chunks both databases can take."""
    for start in range(0, len(keys), 500):
        chunk = keys[start : start + 500]
        yield from Problem.objects.filter(source=source, origin_key__in=chunk).values_list(
            "origin_key", flat=True
        )


def _numbers(prefix: str, rows: Sequence[OldRow], at: datetime) -> list[str]:
    heads = [number_head(prefix, row.unit, row.found_on or local_day(at)) for row in rows]
    counts: dict[str, int] = defaultdict(int)
    for head in heads:
        counts[head] += 1
    given = {head: iter(give_numbers(head=head, count=count)) for head, count in sorted(counts.items())}
    return [next(given[head]) for head in heads]


def _state(row: OldRow) -> str:
    if row.stated.closed:
        return states.CLOSED
    if row.details.get("lead") is None:
        return states.RAISED
    begun = row.details.get("progress", "not_started") != "not_started"
    return states.RECTIFYING if begun else states.ASSIGNED


def _problem(row: OldRow, number: str, source: str, pack: PackVersion, by: Actor, at: datetime) -> Problem:
    details = dict(row.details)
    if row.stated.closed:
        details["progress"] = "done"
    return Problem(
        number=number,
        source=source,
        origin_key=row.origin_key,
        unit=row.unit,
        statement=row.statement.strip(),
        found_on=row.found_on,
        due_on=row.due_on,
        first_due_on=row.due_on,
        due_note=words.FROM_LEDGER if row.due_on else "",
        closure=_state(row),
        is_open=not row.stated.closed,
        taken_over=True,
        stated_closed_on=row.stated.closed_on,
        rule_pack=pack,
        raised_at=at,
        raised_by_id=by.person_id,
        changed_at=at,
        **details,
    )


def _steps(problems: Sequence[Problem], rows: Sequence[OldRow], by: Actor, at: datetime) -> None:
    pairs = list(zip(problems, rows, strict=True))
    TakeOver.objects.bulk_create(
        [
            TakeOver(
                problem=problem,
                done_at=at,
                done_by_id=by.person_id,
                stated_state=row.stated.words[:40],
                stated_closed_on=row.stated.closed_on,
                stated_verifier=row.stated.verifier[:120],
            )
            for problem, row in pairs
        ],
        batch_size=500,
    )
    through = Problem.assisting.through
    through.objects.bulk_create(
        [
            through(problem_id=problem.pk, unit_id=unit.pk)
            for problem, row in pairs
            for unit in dict.fromkeys(row.assisting)
        ],
        batch_size=500,
    )


def _measures(problems: Sequence[Problem], rows: Sequence[OldRow]) -> None:
    drafts = [
        (problem, order, draft)
        for problem, row in zip(problems, rows, strict=True)
        for order, draft in enumerate(row.measures, 1)
    ]
    Measure.objects.bulk_create(
        [
            Measure(
                problem=problem,
                order=order,
                text=draft.text,
                standard=draft.standard[:200],
                owner_id=draft.owner_id,
                owner_text=draft.owner_text[:120],
                due_on=draft.due_on,
                document_no=draft.document_no,
                progress=problem.progress,
                percent=100 if problem.progress == "done" else 0,
            )
            for problem, order, draft in drafts
        ],
        batch_size=500,
    )
    sides = {(problem.pk, draft.owner_id) for problem, _, draft in drafts if draft.owner_id}
    sides |= {(problem.pk, problem.lead_id) for problem in problems if problem.lead_id}
    Part.objects.bulk_create(
        [Part(problem_id=pk, round=1, person_id=person, side="rectify") for pk, person in sorted(sides)],
        batch_size=500,
    )
