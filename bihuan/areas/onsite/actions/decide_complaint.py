"""Write down where a complaint goes, as the meeting of the team decided."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from bihuan.areas.onsite import states, words
from bihuan.areas.onsite.access import Standing
from bihuan.areas.onsite.advance import advance
from bihuan.areas.onsite.models import Clue, Complaint
from bihuan.areas.onsite.policies import complaint_verdict
from bihuan.areas.onsite.reads.team import team_members
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused
from bihuan.org.models import Person
from bihuan.record.closed import opened, shut

from .write_clue import write_clue


@transaction.atomic
def decide_complaint(
    *,
    complaint: Complaint,
    on: date,
    disposition: str,
    handler: Person,
    said: Mapping[str, str] | None = None,
    clue: Clue | None = None,
    standing: Standing,
    by: Actor,
    at: datetime,
) -> Complaint:
    """`said` may hold `opinion` of the meeting and, where it goes out of the team, `to` and `text`: what is sent, which
    names nobody who wrote in. As a clue it is tied to `clue`, or makes one, found by the handler."""
    may = complaint_verdict("decide", complaint, standing)
    told = {key: str((said or {}).get(key, "")).strip() for key in ("opinion", "to", "text")}
    changes: dict = {
        "disposition": disposition, "handler_id": handler.pk, "decided_on": on, "decided_by_id": by.person_id,
    }  # fmt: skip
    if may:
        kept = opened(complaint)
        _insist_right(complaint, on, disposition, handler, at)
        if disposition in words.OUTSIDE:
            _insist_silent(told, kept)
        forward = {"to": told["to"], "text": told["text"]} if disposition in words.OUTSIDE else {}
        shut(complaint, {**kept, "opinion": told["opinion"], "forward": forward})
        changes["sealed"] = complaint.sealed
        changes["clue_id"] = _clue_of(complaint, disposition, clue, handler, kept, by, at)
    data = {"on": on.isoformat(), "disposition": disposition, "handler": handler.pk}
    advance(states.COMPLAINT["decide"], complaint, may, by=by, at=at, changes=changes, data=data)
    return complaint


def _insist_right(complaint: Complaint, on: date, disposition: str, handler: Person, at: datetime) -> None:
    if disposition not in dict(words.DISPOSITIONS):
        raise Refused("要选去向", "在列出的去向里选", field="disposition")
    if on > local_day(at):
        raise Refused("组务会日期在今天以后", "开完会再记", field="on")
    if on < complaint.received_on:
        raise Refused("组务会日期早于收到日期", "核对日期", field="on")
    if handler.pk not in {one.person_id for one in team_members(complaint.task)}:
        raise Refused(f"{handler}不在授权的组员里", "选本组的人", field="handler")


def _insist_silent(told: Mapping[str, str], kept: Mapping) -> None:
    if not told["to"]:
        raise Refused("要写转给谁", "写单位或部门的名称", field="to")
    if not told["text"]:
        raise Refused("要写转出的内容", "只写事，不写来信来访的人", field="text")
    for one in kept.get("sender", {}).values():
        if one and one in told["text"]:
            raise Refused("转出的内容里有反映人的姓名或电话", "删掉再转：转出去的只写事", field="text")


def _clue_of(
    complaint: Complaint, disposition: str, clue: Clue | None, handler: Person, kept: Mapping, by: Actor,
    at: datetime,
) -> int | None:  # fmt: skip
    """A decision that is taken anew keeps the clue it made before."""
    if disposition != "clue":
        return None
    if clue is not None and clue.task_id != complaint.task_id:
        raise Refused("这条线索是别的任务的", "选本任务的线索", field="clue")
    if clue is not None or complaint.clue_id is not None:
        return clue.pk if clue is not None else complaint.clue_id
    leader = next(one for one in team_members(complaint.task) if one.part == "leader")
    if handler.pk == leader.person_id:
        raise Refused("线索由组员办、组长核定", "承办人选一名组员", field="handler")
    said = {
        "summary": kept.get("summary") or kept.get("told", ""), "subject": kept.get("subject", ""),
        "source": str(complaint),
        "parts": [{"kind": "complaint", "key": str(complaint.key), "label": str(complaint)}],
    }  # fmt: skip
    made = write_clue(task=complaint.task, said=said, noted_by=handler.pk, narrow=False, by=by, at=at)
    return made.pk
