"""The thing a key names as this person stands towards it; the same question as its page asks."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from bihuan.areas.inspection.models import Round, Task
from bihuan.areas.onsite.access import Hat, Standing
from bihuan.areas.onsite.reads import standing_of
from bihuan.areas.outcome import states
from bihuan.areas.outcome.models import (
    ArchiveItem,
    Evaluation,
    Feedback,
    RectificationPlan,
    RectificationReport,
    Report,
    RoundPaper,
)
from bihuan.areas.outcome.policies import may_read, may_read_feedback
from bihuan.areas.outcome.policies.evaluation import sees_evaluation
from bihuan.areas.outcome.policies.feedback import answers_for
from bihuan.areas.outcome.reads import departments_of, tasks_open_to
from bihuan.areas.outcome.reads.publishing import origin_of
from bihuan.areas.outcome.reads.rectifying import feedbacks_open_to
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Missing
from bihuan.kernel.verdict import Verdict
from bihuan.problems.models import Problem
from bihuan.publication.models import Publication

_TASK = ("round__plan__term", "round__rule_pack", "org", "framework", "given__team")
OF_TASK = tuple(f"task__{name}" for name in _TASK)
#: who sums up a round and archives it
ABOVE = (states.PLAN, states.DECIDE)


@dataclass(frozen=True, slots=True)
class Seen:
    """`may`: whether a paper of it may be made now, by somebody who at least sees that it exists. A thing of a whole
    round has neither task nor standing."""

    thing: Any
    round: Round
    may: Verdict
    task: Task | None = None
    standing: Standing | None = None
    departments: Collection[int] = ()


Find = Callable[[str, Actor, datetime], Seen]


def one(rows: QuerySet, **key: str) -> Any:
    """Raises Missing: what one may not see does not exist."""
    for name, value in key.items():
        if name == "pk" and not (value.isdecimal() and len(value) < 18):
            raise Missing()
    found = rows.filter(**key).first()
    if found is None:
        raise Missing()
    return found


def _seen(
    thing: Any, task: Task, may: Verdict, standing: Standing, departments: Collection[int] = ()
) -> Seen:
    if not may and may.hidden:
        raise Missing()
    return Seen(thing, task.round, may, task, standing, departments)


def report(kind: str) -> Find:
    """A report of this kind, for whoever may read it."""

    def find(key: str, by: Actor, at: datetime) -> Seen:
        row = one(Report.objects.select_related("department", *OF_TASK), pk=key, kind=kind)
        if not tasks_open_to(by).filter(pk=row.task_id).exists():
            raise Missing()
        standing, mine = standing_of(row.task, by, local_day(at)), frozenset(departments_of(by))
        return _seen(row, row.task, may_read(row, standing, mine), standing, mine)

    return find


def problem_list(key: str, by: Actor, at: datetime) -> Seen:
    """Of the report of a task, for the chain: it names the drafts."""
    return report("task")(key, by, at)


def feedback(key: str, by: Actor, at: datetime) -> Seen:
    row = one(Feedback.objects.select_related("receiver", "report", *OF_TASK), pk=key)
    standing = standing_of(row.task, by, local_day(at))
    return _seen(row, row.task, may_read_feedback(row, standing, by), standing)


def meeting(key: str, by: Actor, at: datetime) -> Seen:
    """The agenda of the feedback is the business of who gives it."""
    found = feedback(key, by, at)
    assert found.standing is not None
    if Hat.INSPECTED in found.standing.hats:
        raise Missing()
    return found


def followed(key: str, by: Actor, at: datetime) -> Seen:
    """A feedback whose rectification this person follows; of the inspected, who answers for it."""
    row = one(feedbacks_open_to(by).select_related("receiver", *OF_TASK), pk=key)
    return _followed(row, row, by, at)


def _followed(thing: Any, row: Feedback, by: Actor, at: datetime) -> Seen:
    standing = standing_of(row.task, by, local_day(at))
    if Hat.INSPECTED in standing.hats and not answers_for(by, row.task):
        raise Missing()
    return Seen(thing, row.task.round, Verdict.yes(), row.task, standing)


def planned(key: str, by: Actor, at: datetime) -> Seen:
    """The plan of that feedback, once it is being made."""
    found = followed(key, by, at)
    if RectificationPlan.objects.filter(feedback=found.thing).exists():
        return found
    return _not_now(found, Verdict.no("整改方案还没有编", "被巡察党组织编整改方案以后再出"))


def by_the_office(key: str, by: Actor, at: datetime) -> Seen:
    """What the office writes to the organisation about its rectification."""
    found = followed(key, by, at)
    assert found.standing is not None
    if Hat.OFFICE not in found.standing.hats:
        raise Missing()
    if found.standing.was_team:
        return _not_now(found, Verdict.no("你在这个巡察组，整改由巡察办的其他人督办", "请巡察办的其他人办理"))
    return found


def is_late(problem: Problem, day: date) -> bool:
    return (
        problem.is_open
        and problem.timing != "long_term"
        and problem.due_on is not None
        and problem.due_on < day
    )


def late_ones(key: str, by: Actor, at: datetime) -> Seen:
    """The letter that presses for what is late, where something is."""
    found = by_the_office(key, by, at)
    if not found.may:
        return found
    rows = found.thing.items.filter(problem__isnull=False).select_related("problem")
    if any(is_late(one.problem, local_day(at)) for one in rows):
        return found
    return _not_now(found, Verdict.no("没有逾期的整改事项", "有逾期的再发督办函"))


def rect_report(kind: str) -> Find:
    def find(key: str, by: Actor, at: datetime) -> Seen:
        row = one(RectificationReport.objects.select_related("handed_in_by"), pk=key, kind=kind)
        row.feedback = one(
            feedbacks_open_to(by).select_related("receiver", *OF_TASK), pk=str(row.feedback_id)
        )
        return _followed(row, row.feedback, by, at)

    return find


def evaluation(key: str, by: Actor, at: datetime) -> Seen:
    row = one(Evaluation.objects.select_related("made_by", "handed_in_by"), pk=key)
    row.feedback = one(feedbacks_open_to(by).select_related(*OF_TASK), pk=str(row.feedback_id))
    found = _followed(row, row.feedback, by, at)
    assert found.standing is not None
    if not sees_evaluation(row, found.standing):
        raise Missing()
    return found


def published(key: str, by: Actor, at: datetime) -> Seen:
    """The text that was drafted last, for who follows the rectification and sees the draft, or anybody once it shows."""
    found = followed(key, by, at)
    rows = Publication.objects.visible_to(by, local_day(at)).filter(origin=origin_of(found.thing))
    latest = rows.order_by("-pk").first()
    if latest is None:
        return _not_now(found, Verdict.no("还没有生成公开稿", "在整改页办“整改情况公开”以后再出"))
    return Seen(latest, found.round, found.may, found.task, found.standing)


def _not_now(found: Seen, may: Verdict) -> Seen:
    return Seen(found.thing, found.round, may, found.task, found.standing)


def _round_of(code: str, by: Actor) -> Round:
    if not any(by.may(permission) for permission in ABOVE):
        raise Missing()
    return one(Round.objects.visible_to(by).select_related("plan", "rule_pack"), code=code)


def round_paper(kind: str) -> Find:
    def find(key: str, by: Actor, at: datetime) -> Seen:
        row = one(RoundPaper.objects.all(), pk=key, kind=kind)
        row.round = _round_of(Round.objects.only("code").get(pk=row.round_id).code, by)
        return Seen(row, row.round, Verdict.yes())

    return find


def round_with_common(key: str, by: Actor, at: datetime) -> Seen:
    found = _round_of(key, by)
    if found.common_problems.exists():
        return Seen(found, found, Verdict.yes())
    return Seen(found, found, Verdict.no("还没有认定共性问题", "在本轮总结里认定以后再通报"))


def archived(key: str, by: Actor, at: datetime) -> Seen:
    """A task, for who archives its round."""
    if not any(by.may(permission) for permission in ABOVE):
        raise Missing()
    task = one(Task.objects.visible_to(by).select_related(*_TASK), pk=key)
    handed_over = ArchiveItem.objects.filter(task=task).exists()
    may = Verdict.yes() if handed_over else Verdict.no("还没有移交归档材料", "移交以后再出归档目录")
    return Seen(task, task.round, may, task)
