"""The leader issues a notice: each item becomes a problem of the loop, of the round that found it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from bihuan.areas.inspection.models import Finding
from bihuan.areas.onsite import states, words
from bihuan.areas.onsite.access import Standing
from bihuan.areas.onsite.advance import advance
from bihuan.areas.onsite.models import ImmediateNotice, NoticeItem
from bihuan.areas.onsite.policies.notices import notice_fits, notice_verdict
from bihuan.kernel.actor import Actor, Reach
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused
from bihuan.org.models import Unit
from bihuan.org.policies import insist
from bihuan.problems.actions.raise_problem import raise_problem
from bihuan.problems.models import Problem
from bihuan.record.actions.append import append


@transaction.atomic
def issue_notice(
    *, notice: ImmediateNotice, document: str, standing: Standing, by: Actor, at: datetime
) -> ImmediateNotice:
    """Raises Refused when the deadline has passed meanwhile: then it is written anew."""
    may = notice_verdict("issue", notice, standing)
    if may:
        insist(notice_fits(notice.task, notice.unit, notice.due_on, local_day(at)))
    if may and not document.strip():
        raise Refused("要写文号", "如：晋岭巡一组立改〔2026〕1 号", field="document")
    changes = {"issued_at": at, "issued_by_id": by.person_id, "document": document.strip()}
    items = list(notice.items.order_by("order"))
    advance(states.NOTICE["issue"], notice, may, by=by, at=at, changes=changes, data={"items": len(items)})
    problems = [_raise(notice, item, by, at) for item in items]
    task = notice.task
    Finding.objects.bulk_create(
        Finding(task=task, problem=problem, adopted_at=at, adopted_by_id=by.person_id) for problem in problems
    )
    append(
        stream=task.round.stream, kind="inspection.problems_adopted", by=by, at=at, subject=str(task.round),
        data={"round_code": task.round.code, "org": task.org_id, "number_adopted": len(problems)},
    )  # fmt: skip
    return notice


def _raise(notice: ImmediateNotice, item: NoticeItem, by: Actor, at: datetime) -> Problem:
    problem = raise_problem(
        source="inspection", unit=notice.unit, statement=item.statement, by=_raising(by, notice.unit), at=at, demand=item.demand,
        grade="major" if item.hazard else "", timing="immediate", due_on=notice.due_on,
        first_due_on=notice.due_on, due_note=words.due_by_notice(notice.document),
        origin_key=words.origin_key(notice.pk, item.order),
        origin_title=words.origin_of(notice.document, item.order),
    )  # fmt: skip
    item.problem = problem
    item.save(update_fields=["problem"])
    return problem


def _raising(by: Actor, unit: Unit) -> Actor:
    """The leader with what the authorisation of the round gives them: to raise problems in the unit of the notice,
    whatever their post at home is."""
    own = Reach(frozenset({"problem.raise"}), unit.pk, unit.path or "", True)
    return replace(by, reaches=(*by.reaches, own))
