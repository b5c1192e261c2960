"""提出: a problem enters the loop."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Invalid, Refused
from bihuan.org.models import Unit
from bihuan.org.reads import current_pack
from bihuan.problems import states
from bihuan.problems.models import Problem
from bihuan.record.actions.append import append
from bihuan.registry import shelf
from bihuan.registry.contract import Source

from .attach import Upload, attach, name_in, receipt
from .give_number import give_number
from .index_words import index_words

PACK = "problems"


@transaction.atomic
def raise_problem(
    *,
    source: str,
    unit: Unit,
    statement: str,
    by: Actor,
    at: datetime,
    found_on: date | None = None,
    grade: str = "",
    files: Sequence[Upload] = (),
    occurred_at: datetime | None = None,
    **details: Any,
) -> Problem:
    """Register one problem in state `raised`, number it, pin today's rule pack.

    `details`: further columns (timing, place, equipment, lead, found_by, origin_key, secrecy, supervisor …).
    Raises Invalid for an empty statement or unknown source, Refused where the actor may not raise problems.
    """
    known, words = _known(source, by), _worded(statement)
    day = found_on or local_day(occurred_at or at)
    _check_place_and_day(unit, day, local_day(at), by)
    problem = Problem.objects.create(
        number=give_number(prefix=known.prefix, unit=unit, day=day),
        source=source,
        found_on=day,
        unit=unit,
        statement=words,
        grade=grade or known.default_grade,
        closure=states.RAISED,
        rule_pack=current_pack(PACK, local_day(at)),
        raised_at=at,
        raised_by_id=by.person_id,
        changed_at=at,
        **details,
    )
    index_words(problem=problem)
    kept = attach(problem=problem, files=files, by=by, at=at)
    event = append(
        stream=problem.stream,
        seq=1,
        kind=states.STEPS["raise"].event,
        by=by,
        at=at,
        occurred_at=occurred_at,
        unit_id=unit.pk,
        subject=problem.number,
        data={"to": states.RAISED, "number": problem.number, "source": source, "files": receipt(kept)},
    )
    name_in(event, kept)
    return problem


def _known(source: str, by: Actor) -> Source:
    known = shelf.sources().get(source)
    if known is None:
        raise Invalid(f"没有“{source}”这个来源", "在来源里选一个", field="source")
    if not by.is_system and not by.may("problem.raise"):
        raise Refused("你没有提出问题的权限", "请安全管理员授权")
    return known


def _worded(statement: str) -> str:
    if not statement.strip():
        raise Invalid("问题表述是空的", "写清时间、地点、对象和问题", field="statement")
    return statement.strip()


def _check_place_and_day(unit: Unit, day: date, today: date, by: Actor) -> None:
    if by.within and not (unit.path or "").startswith(by.within):
        raise Invalid(f"{unit}不在这个访问令牌的单位里", "换一个令牌，或由本人登录办", field="unit")
    if not unit.is_open(today):
        raise Invalid(f"{unit}已经撤销，不能再分给它", "选接替它的单位", field="unit")
    if day > today:
        raise Invalid(f"发现日期 {day} 还没有到", "改成今天或以前的日期", field="found_on")
