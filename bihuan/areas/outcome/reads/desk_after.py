"""What stands on a desk after the receipt: the plan and who reviews it, reports, evaluation, look-back, the round summed up.
One query over all of it, as on the desk of the stay (`onsite.reads.waiting`); names and days, never a word of what is said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from django.db.models import CharField, Count, DateField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast
from django.urls import reverse

from bihuan.areas.inspection import states as rounds
from bihuan.areas.inspection.models import Round, Task
from bihuan.areas.onsite.reads import in_team, was_in_team
from bihuan.areas.outcome import states, words
from bihuan.areas.outcome.models import (
    ClockDay,
    Evaluation,
    Exemption,
    Feedback,
    FeedbackItem,
    LookAgain,
    PlanReview,
    RectificationPlan,
    RectificationReport,
    ReportReading,
    RoundPaper,
    Sample,
)
from bihuan.kernel.actor import Actor
from bihuan.registry.lines import DeskLine

from .clock import CONCENTRATED
from .mine import feedbacks_of
from .reviewing import open_reviews, reviews_of
from .standing import orgs_over

_OF_FEEDBACK = "feedback__task"
_OF_PLAN = "plan__feedback__task"
_READS = (("office", states.PLAN), ("discipline", states.DISCIPLINE), ("personnel", states.PERSONNEL))
#: where each line leads
PAGES = {
    "review": "plan-review", "ask": "plan-ask", "merge": "plan-merge", "prepare": "plan-prepare", "submit": "plan-submit",
    "amend": "rectification", "start": "plan-start", "meet": "life-meeting", "report": "rectification-report-new",
    "own_report": "rectification-report-new", "receive": "rectification-report", "read": "rectification-report",
    "exempt": "exemption", "evaluate": "rectification", "deduct": "evaluation", "approve": "evaluation-approve",
    "send": "evaluation", "draw": "samples-draw", "look": "look-again", "sum": "round-sum", "hear": "round-sum",
}  # fmt: skip


class _Line(NamedTuple):
    what: str
    key: str
    org: str
    due: date | None
    count: int


def after_rows(actor: Actor) -> list[QuerySet]:
    return [rows for _, rows, *_ in _waiting(actor)]


def after_lines(actor: Actor) -> Iterator[DeskLine]:
    parts = [_lines(*part) for part in _waiting(actor)]
    if not parts:
        return
    for line in sorted((_Line(*row) for row in parts[0].union(*parts[1:], all=True)), key=_by_due):
        label, text = words.AFTER[line.what]
        url = reverse(f"outcome:{PAGES[line.what]}", args=[line.key])
        yield DeskLine(label, text.format(count=line.count), url, line.due, line.org)


def _by_due(line: _Line) -> tuple[date, str, str]:
    return line.due or date.max, line.what, line.key


def day_in(code: str, feedback: str) -> Subquery:
    """The latest day of the clock of a feedback; `feedback` names the row's way to it."""
    return Subquery(ClockDay.objects.filter(feedback=OuterRef(feedback), code=code).values("latest_on")[:1])


def _waiting(actor: Actor) -> list[tuple[Any, ...]]:
    """(what, rows, key, way to the task or "", day, how many) for which something is to be done by this person."""
    if not actor.is_person or actor.person_id is None:
        return []
    return [*_of_plans(actor), *_of_the_inspected(actor), *_of_reports(actor), *_of_evaluations(actor),
            *_of_look_backs(actor), *_of_rounds(actor)]  # fmt: skip


def _outside(rows: QuerySet, actor: Actor, task: str) -> QuerySet:
    """Not about an organisation they belong to."""
    return rows.exclude(**{f"{task}__org__in": orgs_over(actor)})


def _of_plans(actor: Actor) -> Iterator[tuple[Any, ...]]:
    task = f"edition__{_OF_PLAN}"
    yield "review", open_reviews(reviews_of(actor)), "pk", task, None, F("edition__number")
    if actor.may(states.PLAN):
        nobody = open_reviews(PlanReview.objects.filter(body="publicity", unit=None))
        yield "ask", _judged(nobody, actor, task), "edition__plan_id", task, None, None
    if actor.may(states.PLAN) or actor.may(states.DISCIPLINE):
        silent = open_reviews(PlanReview.objects.filter(edition__plan=OuterRef("pk")))
        said = RectificationPlan.objects.filter(~Exists(silent), state=states.REVIEWING)
        yield "merge", _judged(said, actor, _OF_FEEDBACK), "pk", _OF_FEEDBACK, None, None


def _judged(rows: QuerySet, actor: Actor, task: str) -> QuerySet:
    """By somebody who was not of the team that found it."""
    return _outside(rows, actor, task).exclude(was_in_team(actor, task=task))


def _of_the_inspected(actor: Actor) -> Iterator[tuple[Any, ...]]:
    """As long as a problem of the feedback is open: where all came in and was put right another way, nobody is asked."""
    if not actor.may(states.RECTIFY):
        return
    going = FeedbackItem.objects.filter(feedback=OuterRef("pk"), problem__is_open=True)
    own = feedbacks_of(actor).filter(Exists(going), raised_at__isnull=False)
    plan_due = day_in("plan", "pk")
    yield "prepare", own.filter(plan=None), "pk", "task", plan_due, None
    mine = own.filter(plan__head_id=actor.person_id)
    first = own.filter(plan__state=states.PREPARING, plan__head_id=actor.person_id)
    yield "submit", first, "plan__pk", "task", plan_due, None
    again = mine.filter(plan__state=states.RETURNED)
    yield "submit", again, "plan__pk", "task", None, None
    returned = own.filter(plan__state=states.RETURNED).exclude(plan__head_id=actor.person_id)
    yield "amend", returned, "pk", "task", None, None
    yield "start", own.filter(plan__state=states.AGREED), "plan__pk", "task", None, None
    running = own.filter(plan__state=states.IN_FORCE)
    yield "meet", running.filter(life_meeting=None), "pk", "task", day_in("meeting", "pk"), None
    due = day_in("progress", "pk")
    yield "report", running.exclude(_handed_in("org")), "pk", "task", due, None
    headed = running.filter(plan__head_id=actor.person_id)
    yield "own_report", headed.exclude(_handed_in("head")), "pk", "task", due, None


def _handed_in(kind: str) -> Exists:
    return Exists(RectificationReport.objects.filter(feedback=OuterRef("pk"), stage="progress", kind=kind))


def _of_reports(actor: Actor) -> Iterator[tuple[Any, ...]]:
    """To receive, to read for each body one speaks for, and what the leading group has to decide."""
    rows = _outside(RectificationReport.objects.all(), actor, _OF_FEEDBACK)
    if actor.may(states.PLAN):
        yield "receive", rows.filter(received_on=None), "pk", _OF_FEEDBACK, None, None
    for body, right in _READS:
        if actor.may(right):
            read = ReportReading.objects.filter(report=OuterRef("pk"), body=body)
            unread = rows.filter(~Exists(read), received_on__isnull=False)
            yield "read", unread, "pk", _OF_FEEDBACK, None, None
    if actor.may(states.DECIDE):
        asked = Exemption.objects.filter(granted=None).exclude(asked_by_id=actor.person_id)
        task = f"item__{_OF_FEEDBACK}"
        yield "exempt", _outside(asked, actor, task), "pk", task, None, None


def _of_evaluations(actor: Actor) -> Iterator[tuple[Any, ...]]:
    """Begun by the office when the concentrated period of a plan that ran here is over; whoever began one hands it in."""
    due = day_in("evaluation", "feedback_id")
    if actor.may(states.PLAN) and actor.day is not None:
        over = ClockDay.objects.filter(feedback=OuterRef("pk"), code=CONCENTRATED, due_on__lte=actor.day)
        made = Evaluation.objects.filter(feedback=OuterRef("pk"), kind="effect")
        ripe = Feedback.objects.filter(Exists(over), ~Exists(made), plan__state=states.IN_FORCE)
        yield "evaluate", _judged(ripe, actor, "task"), "pk", "task", day_in("evaluation", "pk"), None
    rows = Evaluation.objects.all()
    yield "deduct", rows.filter(handed_in_at=None, made_by_id=actor.person_id), "pk", _OF_FEEDBACK, due, None
    done = rows.filter(approved_on=None, handed_in_at__isnull=False)
    if actor.may(states.DECIDE):
        others = done.exclude(made_by_id=actor.person_id).exclude(handed_in_by_id=actor.person_id)
        yield "approve", _outside(others, actor, _OF_FEEDBACK), "pk", _OF_FEEDBACK, None, None
    if actor.may(states.PLAN):
        agreed = rows.filter(sent_at=None, approved_on__isnull=False)
        yield "send", _outside(agreed, actor, _OF_FEEDBACK), "pk", _OF_FEEDBACK, None, None


def _of_look_backs(actor: Actor) -> Iterator[tuple[Any, ...]]:
    tasks = Task.objects.entered().filter(mode=states.LOOKBACK).exclude(round__state=rounds.ARCHIVED)
    tasks = tasks.exclude(org__in=orgs_over(actor))
    drawn = Exists(LookAgain.objects.filter(task=OuterRef("pk")))
    draws = Q(in_team(actor, "leader"))
    if actor.may(states.PLAN):
        draws |= Q(pk__isnull=False)
    yield "draw", tasks.filter(draws, ~drawn), "pk", "", F("to_day"), None
    left = Sample.objects.filter(look__task=OuterRef("pk"), verdict="").order_by()
    count = Subquery(left.values("look__task").annotate(n=Count("pk")).values("n"))
    yield "look", tasks.filter(in_team(actor), Exists(left)), "pk", "", F("to_day"), count


def _of_rounds(actor: Actor) -> Iterator[tuple[Any, ...]]:
    """A round is summed up once all its feedback is signed for: common problems confirmed, its report written. What was
    written is heard by another."""
    if actor.may(states.PLAN):
        unsigned = Task.objects.entered().filter(round=OuterRef("pk"))
        unsigned = unsigned.exclude(Exists(Feedback.objects.received().filter(task=OuterRef("pk"))))
        written = RoundPaper.objects.filter(round=OuterRef("pk"), kind="round")
        over = Round.objects.filter(~Exists(unsigned), ~Exists(written), state=rounds.REPORTING)
        yield "sum", over, "code", None, None, None
    if actor.may(states.DECIDE):
        unheard = RoundPaper.objects.filter(heard_on=None).exclude(written_by_id=actor.person_id)
        yield "hear", unheard, "round__code", None, None, None


def _lines(what: str, rows: QuerySet, key: str, task: str | None, due: Any, count: Any) -> QuerySet:
    """The same columns of each kind, for one union. `task` is the way to the task, "" for the task itself, None where a
    whole round is meant."""
    if task is None:
        name = "round__name" if rows.model is RoundPaper else "name"
    else:
        name = f"{task}__org__name" if task else "org__name"
    return rows.order_by().values_list(
        Value(what, CharField()), Cast(key, CharField()), name,
        Cast(due if due is not None else Value(None, DateField()), DateField()),
        count if count is not None else Value(0),
    )  # fmt: skip
