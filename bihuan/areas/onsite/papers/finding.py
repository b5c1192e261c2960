"""The thing a key names as this person stands towards it; the same question as its page asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from bihuan.areas.inspection.models import Task
from bihuan.areas.onsite.access import Data, Hat, Standing
from bihuan.areas.onsite.models import ImmediateNotice, Interviewee, Loan, Talk
from bihuan.areas.onsite.policies import may_list, may_read
from bihuan.areas.onsite.reads import standing_of, tasks_of
from bihuan.areas.onsite.reads.addressed import loans_to, notices_to
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Missing
from bihuan.kernel.verdict import Verdict

#: who works with the ledgers of a stay, or keeps an eye on them
INSIDE = {Hat.MEMBER, Hat.LEADER, Hat.OFFICE}
#: who sees all clues of a task, and so may report on them
ALL_CLUES = {Hat.LEADER, Hat.REGISTRAR, Hat.HEAD}
_TASK = ("round__plan__term", "round__rule_pack", "org", "framework", "given__team")
OF_TASK = tuple(f"task__{name}" for name in _TASK)


@dataclass(frozen=True, slots=True)
class Seen:
    """`may`: whether a paper of it may be made now, by somebody who at least sees that it exists."""

    thing: Any
    task: Task
    standing: Standing
    may: Verdict


Find = Callable[[str, Actor, datetime], Seen]


def one(rows: QuerySet, key: str) -> Any:
    found = rows.filter(pk=key).first() if key.isdecimal() and len(key) < 18 else None
    if found is None:
        raise Missing()
    return found


def seen(thing: Any, task: Task, standing: Standing, may: Verdict) -> Seen:
    """Raises Missing where the verdict says that it is none of their business."""
    if not may and may.hidden:
        raise Missing()
    return Seen(thing, task, standing, may)


def _met(task: Task, by: Actor, at: datetime) -> Standing:
    """Raises Missing for a task on whose pages this person has nothing to see."""
    if not tasks_of(by).filter(pk=task.pk).exists():
        raise Missing()
    return standing_of(task, by, local_day(at))


def closed_thing(model: type[Any]) -> Find:
    """A talk, complaint, draft, clue, mid-term report: whoever may read it may have its paper."""

    def find(key: str, by: Actor, at: datetime) -> Seen:
        thing = one(model.objects.select_related(*OF_TASK), key)
        standing = _met(thing.task, by, at)
        return seen(thing, thing.task, standing, may_read(thing, standing))

    return find


def _task_of(key: str, by: Actor, at: datetime) -> tuple[Task, Standing]:
    task = one(tasks_of(by).select_related(*_TASK), key)
    return task, standing_of(task, by, local_day(at))


def of_the_ledgers(key: str, by: Actor, at: datetime) -> Seen:
    """A task, for who works with its ledgers."""
    task, standing = _task_of(key, by, at)
    if not standing.hats & INSIDE:
        raise Missing()
    return Seen(task, task, standing, Verdict.yes())


def of_the_list(key: str, by: Actor, at: datetime) -> Seen:
    """A task and what its organisation is asked for: also for the liaison of the organisation."""
    if key.isdecimal() and len(key) < 18 and loans_to(by).filter(task=key).exists():
        task = Task.objects.select_related(*_TASK).get(pk=key)
        found = Seen(task, task, standing_of(task, by, local_day(at)), Verdict.yes())
    else:
        found = of_the_ledgers(key, by, at)
    if Loan.objects.filter(task=found.task).exists():
        return found
    return Seen(found.thing, found.task, found.standing, Verdict.no("还没有要资料", "先在调阅资料页要资料"))


def of_the_clues(key: str, by: Actor, at: datetime) -> Seen:
    """A task, for who sees all its clues."""
    task, standing = _task_of(key, by, at)
    if not standing.hats & ALL_CLUES or not standing.reaches(Data.CLUE):
        raise Missing()
    return Seen(task, task, standing, Verdict.yes())


def notice(key: str, by: Actor, at: datetime) -> Seen:
    """An immediate notice: for who works with the ledgers, and for the head of the unit it was issued to."""
    more = ("unit", "issued_by", "signed_by", *OF_TASK)
    if key.isdecimal() and len(key) < 18:
        sent = notices_to(by).select_related(*more).filter(pk=key).first()
        if sent is not None:
            return Seen(sent, sent.task, standing_of(sent.task, by, local_day(at)), Verdict.yes())
    found = one(ImmediateNotice.objects.select_related(*more), key)
    standing = _met(found.task, by, at)
    if not standing.hats & INSIDE:
        raise Missing()
    return Seen(found, found.task, standing, Verdict.yes())


def to_talk_to(key: str, by: Actor, at: datetime) -> Seen:
    """谈话提纲 before a talk: `12` is a row of the list of interviewees, for the team. After it: `talk-12`, for whoever
    may read the talk."""
    if key.startswith("talk-"):
        return closed_thing(Talk)(key.removeprefix("talk-"), by, at)
    row = one(Interviewee.objects.select_related("person__unit", *OF_TASK), key)
    standing = _met(row.task, by, at)
    return seen(row, row.task, standing, may_list(row.task, standing))
