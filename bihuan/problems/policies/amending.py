"""What a newer version of a ledger may change, and what only the loop itself changes.

A ledger says; it does not prove. So nothing that was proven here gives way to its words, and what lightens a
unit's burden (a later deadline, a lower grade, a closing) is not for who may only import for the own unit.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from bihuan.kernel.actor import Actor
from bihuan.kernel.verdict import Verdict
from bihuan.problems import states
from bihuan.problems.models import Problem
from bihuan.record.models import Event

#: events that are no work of anybody on the problem: the ledger's own words, and what is said about it
_SAID = tuple(f"problem.{kind}" for kind in ("taken_over", "amended", "restated", "commented", "reminded"))
_HANDED = ("problem.raised", "problem.assigned")
_GRADES = [code for code, _ in states.GRADE]
_CHUNK = 500


def worked_on(ids: Iterable[int]) -> set[int]:
    """Those of these problems on which somebody has worked here since they came in. In a few questions."""
    return _beyond(ids, (*_SAID, *_HANDED))


def moved_here(ids: Iterable[int]) -> set[int]:
    """Those that have left, by anybody's hand here, the state their ledger put them into."""
    return _beyond(ids, _SAID)


def _beyond(ids: Iterable[int], kinds: tuple[str, ...]) -> set[int]:
    streams = [f"problem:{pk}" for pk in ids]
    found: set[str] = set()
    for start in range(0, len(streams), _CHUNK):
        events = Event.objects.filter(stream__in=streams[start : start + _CHUNK]).exclude(kind__in=kinds)
        found.update(events.values_list("stream", flat=True))
    return {int(stream.partition(":")[2]) for stream in found}


def is_proven(problem: Problem) -> bool:
    """Closed here, looked back at, or handed in: from here on a ledger's words change nothing."""
    if problem.closure == states.CLOSED:
        return problem.closed_by_id is not None
    return problem.closure in (states.VERIFYING, states.CONFIRMED)


def amend(problem: Problem, by: Actor, at: datetime) -> Verdict:
    path = problem.unit.path or ""
    codes = ("ledger.import", "ledger.import_own", "problem.assign")
    if by.is_system or any(by.may_in(code, path) for code in codes):
        return Verdict.yes()
    return Verdict.not_yours("只有下达部门和导入台账的人能改登记内容", "请对方办理")


def restate(problem: Problem, by: Actor, at: datetime) -> Verdict:
    """The end a ledger states moves a problem only while it lives in the ledger alone."""
    if not problem.taken_over or problem.closed_by_id or problem.round > 1 or moved_here([problem.pk]):
        return Verdict.no("问题已在本系统办理，环节不随台账改", "销号须在本系统核验")
    return may_restate(problem, by)


def may_restate(problem: Problem, by: Actor) -> Verdict:
    if by.is_system or by.may_in("ledger.import", problem.unit.path or ""):
        return Verdict.yes()
    return Verdict.no("台账载明的销号由督办部门导入", "请督办部门导入，或在本系统申请销号")


def may_amend(problem: Problem, field: str, new: Any, by: Actor, *, worked: bool) -> Verdict:
    """May this actor set this field to this value? `field` is a column, `extras`, `measures` or `assisting`.

    `worked`: whether somebody has worked on it here (`worked_on`), asked for many problems at once.
    """
    if problem.closure == states.VOID:
        return Verdict.no("问题已经作废", "要办就另登记一件")
    if field == "extras":
        return Verdict.yes()
    if is_proven(problem):
        return Verdict.no("已在本系统核验，登记内容不再改", "台账的说法留在导入报告里")
    rule = _FIELDS.get(field)
    return rule(problem, new, by, worked) if rule else Verdict.yes()


def _unit(problem: Problem, new: Any, by: Actor, worked: bool) -> Verdict:
    if worked or problem.closure not in (states.RAISED, states.ASSIGNED, states.CLOSED, states.RECTIFYING):
        return Verdict.no(f"{problem.unit}已经在办", "换单位走移交")
    return Verdict.yes()


def _measures(problem: Problem, new: Any, by: Actor, worked: bool) -> Verdict:
    return Verdict.no("措施在本系统里已有安排", "在问题页改措施") if worked else Verdict.yes()


def _progress(problem: Problem, new: Any, by: Actor, worked: bool) -> Verdict:
    return Verdict.no("进度由责任单位在本系统里报", "在问题页报进度") if worked else Verdict.yes()


def _lead(problem: Problem, new: Any, by: Actor, worked: bool) -> Verdict:
    path = problem.unit.path or ""
    if not worked or by.is_system or by.may_in("problem.reown", path) or by.may_in("problem.reown_own", path):
        return Verdict.yes()
    return Verdict.no("责任人已经在办", "在问题页换责任人")


def _lightens(problem: Problem, by: Actor, what: str, way: str) -> Verdict:
    """Never decided by somebody who answers for the unit, as with an extension."""
    path = problem.unit.path or ""
    if by.is_system or (by.may_in("problem.extend", path) and not by.may_in("problem.rectify", path)):
        return Verdict.yes()
    return Verdict.no(f"{what}由督办部门定", way)


def _due(problem: Problem, new: date | None, by: Actor, worked: bool) -> Verdict:
    later = problem.due_on is not None and (new is None or new > problem.due_on)
    if problem.is_open and later:
        return _lightens(problem, by, "期限往后改", "在问题页申请延期，或请督办部门导入")
    return Verdict.yes()


def _timing(problem: Problem, new: str, by: Actor, worked: bool) -> Verdict:
    if problem.is_open and new == "long_term":
        return _lightens(problem, by, "改为长期坚持", "请督办部门导入")
    return Verdict.yes()


def _grade(problem: Problem, new: str, by: Actor, worked: bool) -> Verdict:
    if new in _GRADES and _GRADES.index(new) < _GRADES.index(problem.grade):
        return _lightens(problem, by, "等级往低改", "请督办部门导入")
    return Verdict.yes()


_FIELDS = {
    "unit": _unit,
    "measures": _measures,
    "progress": _progress,
    "lead": _lead,
    "lead_text": _lead,
    "due_on": _due,
    "timing": _timing,
    "grade": _grade,
}
