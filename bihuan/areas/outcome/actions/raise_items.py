"""Bring every problem of a feedback into the loop, word for word, and hand it out."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from bihuan.areas.inspection.actions.adopt_problems import adopt_problems
from bihuan.areas.onsite.access import Standing
from bihuan.areas.outcome import words
from bihuan.areas.outcome.models import ClockDay, Feedback, FeedbackItem
from bihuan.areas.outcome.policies import may_raise
from bihuan.areas.outcome.reads.clock import CONCENTRATED
from bihuan.kernel.actor import Actor
from bihuan.org.policies import insist
from bihuan.problems.actions.assign import assign
from bihuan.problems.actions.raise_problem import raise_problem
from bihuan.problems.models import Problem
from bihuan.record.actions.append import append
from bihuan.record.closed import opened

SOURCE = "inspection"


@transaction.atomic
def raise_items(*, feedback: Feedback, standing: Standing, by: Actor, at: datetime) -> list[Problem]:
    """All of them or none. The problems this made: nothing the second time. Each is due at the end of the concentrated
    period, unless it is put right at once (then its own rule says when) or is long-term (then stages do)."""
    insist(may_raise(feedback, standing))
    here = Feedback.objects.filter(pk=feedback.pk, raised_at=None, received_on__isnull=False)
    if not here.update(raised_at=at, raised_by_id=by.person_id):
        return []
    feedback.raised_at, feedback.raised_by_id = at, by.person_id
    end = feedback.days.select_related("pack").get(code=CONCENTRATED)
    items = feedback.items.filter(kind="problem", problem=None).select_related("unit").order_by("order")
    made = [_raise(feedback, item, end, by, at) for item in items]
    adopt_problems(task=feedback.task, problems=made, by=by, at=at)
    append(
        stream=feedback.stream, kind="outcome.items_raised", by=by, at=at, subject=str(feedback),
        data={"task": feedback.task_id, "numbers": [problem.number for problem in made]},
    )  # fmt: skip
    return made


def _raise(feedback: Feedback, item: FeedbackItem, end: ClockDay, by: Actor, at: datetime) -> Problem:
    said, task = opened(item), feedback.task
    problem = raise_problem(
        source=SOURCE, unit=item.unit, statement=said["statement"], found_on=task.left_on, grade=item.severity,
        timing=item.timing, category=item.get_category_display(), common_key=item.common,
        origin_key=f"feedback:{item.pk}", origin_title=words.from_round(task.round.name, task.get_mode_display()),
        demand=said["demand"], by=by, at=at,
    )  # fmt: skip
    due, why = _due(item, end)
    assign(problem=problem, lead=None, due_on=due, timing=item.timing, text=why, by=by, at=at)
    FeedbackItem.objects.filter(pk=item.pk).update(problem=problem)
    return problem


def _due(item: FeedbackItem, end: ClockDay) -> tuple[date | None, str]:
    if item.timing != "time_limited":
        return None, ""
    return end.due_on, words.by_the_clock(end.label, end.amount, str(end.pack))
