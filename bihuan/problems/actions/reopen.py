"""反弹: a closed problem is back; a new round begins and the thread goes on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Invalid
from bihuan.org.reads import rule_of, work_calendar
from bihuan.problems import words
from bihuan.problems.advance import advance
from bihuan.problems.models import Lookback, Measure, Problem

from .attach import Upload, attach, name_in, receipt
from .confirm_repeat import confirm_repeat


def back_to_work(problem: Problem, due_on: date | None, at: datetime) -> dict[str, Any]:
    """The columns of a new round. The first deadline stays; the current one is new, given or by rule.

    Measures are open again: what was proven for the last round is not proven for this one. Raises Invalid for
    a deadline that is over before the work begins.
    """
    if due_on is not None and due_on < local_day(at):
        raise Invalid(f"新的期限 {due_on} 已经过了", "填今天或以后的一天", field="due_on")
    Measure.objects.filter(problem=problem).update(progress="in_progress", percent=0)
    note = words.GIVEN_ON_REOPENING
    if due_on is None and problem.timing != "long_term":
        rule = rule_of(problem.rule_pack, f"due.{problem.grade}").due_rule()
        due = rule.deadline(local_day(at), work_calendar())
        due_on = due.due
        note = words.by_rule(words.FROM_REOPENING, rule.words, problem.rule_pack, due.due, due.actual_latest)
    return {
        "round": problem.round + 1,
        "progress": "in_progress",
        "due_on": due_on,
        "first_due_on": problem.first_due_on or due_on,
        "due_note": note,
        "closed_at": None,
        "closed_by_id": None,
        "submitted_at": None,
        "submitted_by_id": None,
    }


@transaction.atomic
def reopen(
    *,
    problem: Problem,
    reason: str,
    by: Actor,
    at: datetime,
    due_on: date | None = None,
    repeat: Problem | None = None,
    files: Sequence[Upload] = (),
    occurred_at: datetime | None = None,
) -> Problem:
    """Open it again. `repeat` is the newly found problem that showed it, linked from both sides."""
    if not reason.strip():
        raise Invalid("没有写反弹的情况", "写清在哪里、什么时候又出现", field="reason")
    kept = attach(problem=problem, files=files, by=by, at=at)
    event = advance(
        "reopen",
        problem,
        by=by,
        at=at,
        occurred_at=occurred_at,
        changes=back_to_work(problem, due_on, at),
        data={"text": reason.strip(), "repeat": repeat.number if repeat else "", "files": receipt(kept)},
    )
    name_in(event, kept)
    Lookback.objects.filter(problem=problem, is_open=True).update(is_open=False)
    if repeat is not None and repeat.repeat_of_id != problem.pk:
        here = repeat.unit_id == problem.unit_id
        confirm_repeat(problem=repeat, like=problem, kind="same" if here else "spread", by=by, at=at)
    return problem
