"""接管历史: a ledger's row enters as it stands there; what it states as closed is not verified here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Invalid, Refused
from bihuan.org.models import Unit
from bihuan.org.reads import current_pack
from bihuan.problems import states, words
from bihuan.problems.models import Problem, TakeOver
from bihuan.record.actions.append import append
from bihuan.registry import shelf

from .give_number import give_number
from .raise_problem import PACK, remember_words
from .set_measures import MeasureDraft, set_measures


@dataclass(frozen=True, slots=True)
class Stated:
    """What the ledger says about the past. `closed` takes the row over as closed, without a verifier."""

    closed: bool = False
    words: str = ""
    closed_on: date | None = None
    verifier: str = ""


@transaction.atomic
def take_over(
    *,
    source: str,
    unit: Unit,
    statement: str,
    origin_key: str,
    stated: Stated,
    by: Actor,
    at: datetime,
    found_on: date | None = None,
    due_on: date | None = None,
    measures: Sequence[MeasureDraft] = (),
    **details: Any,
) -> Problem:
    """Take one row over. Not closed: 待认领 with a lead, else 待下达. Repeating it with the same
    `origin_key` raises Refused: the row is already here.

    The event and the step row keep what was stated, in the ledger's own words, apart from what we know.
    """
    known = shelf.sources().get(source)
    if known is None or not origin_key:
        raise Invalid(f"没有“{source}”这个来源", "在来源里选一个", field="source")
    if not by.is_system and not (by.may("ledger.import") or by.may("ledger.import_own")):
        raise Refused("你没有导入台账的权限", "请安全管理员授权")
    if Problem.objects.filter(source=source, origin_key=origin_key).exists():
        raise Refused("这一行已经导入过", "不重复导入")
    state = states.CLOSED if stated.closed else (states.ASSIGNED if details.get("lead") else states.RAISED)
    if stated.closed:
        details["progress"] = "done"
    problem = Problem.objects.create(
        number=give_number(prefix=known.prefix, unit=unit, day=found_on or local_day(at)),
        source=source,
        origin_key=origin_key,
        unit=unit,
        statement=statement.strip(),
        found_on=found_on,
        due_on=due_on,
        first_due_on=due_on,
        due_note=words.FROM_LEDGER if due_on else "",
        closure=state,
        is_open=not stated.closed,
        taken_over=True,
        stated_closed_on=stated.closed_on,
        rule_pack=current_pack(PACK, day=local_day(at)),
        raised_at=at,
        raised_by_id=by.person_id,
        changed_at=at,
        **details,
    )
    remember_words(problem)
    if measures:
        set_measures(problem=problem, drafts=measures)
    TakeOver.objects.create(
        problem=problem,
        done_at=at,
        done_by_id=by.person_id,
        stated_state=stated.words[:40],
        stated_closed_on=stated.closed_on,
        stated_verifier=stated.verifier[:120],
    )
    append(
        stream=problem.stream,
        seq=1,
        kind=states.STEPS["take_over"].event,
        by=by,
        at=at,
        unit_id=unit.pk,
        data={
            "to": state,
            "number": problem.number,
            "source": source,
            "stated": stated.words,
            "stated_closed_on": str(stated.closed_on or ""),
        },
    )
    return problem
