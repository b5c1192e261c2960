"""报方案: what will be done about it, by whom, by when, with which result."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Invalid
from bihuan.problems.advance import advance
from bihuan.problems.models import Plan, Problem

from .attach import Upload, attach, name_in, receipt
from .join import join
from .set_measures import MeasureDraft, set_measures


@transaction.atomic
def propose_plan(
    *,
    problem: Problem,
    measures: Sequence[MeasureDraft],
    by: Actor,
    at: datetime,
    cause: str = "",
    goal: str = "",
    stage_goals: str = "",
    text: str = "",
    files: Sequence[Upload] = (),
    occurred_at: datetime | None = None,
) -> Plan:
    """Hand in a plan, the next version if one was returned. Raises Invalid without any measure."""
    drafts = [draft for draft in measures if draft.text.strip()]
    if not drafts:
        raise Invalid("方案里还没有措施", "至少写一条措施", field="measures")
    number = problem.plans.count() + 1
    changes = {
        "cause": cause or problem.cause,
        "goal": goal or problem.goal,
        "stage_goals": stage_goals or problem.stage_goals,
    }
    kept = attach(problem=problem, files=files, by=by, at=at)
    event = advance(
        "plan",
        problem,
        by=by,
        at=at,
        occurred_at=occurred_at,
        changes=changes,
        data={"plan": number, "measures": len(drafts), "text": text, "files": receipt(kept)},
    )
    name_in(event, kept)
    set_measures(problem=problem, drafts=drafts)
    join(problem=problem, person_id=by.person_id, side="rectify")
    return Plan.objects.create(
        problem=problem,
        round=problem.round,
        number=number,
        done_at=at,
        done_by_id=by.person_id,
        text=text,
        measures=[draft.as_value() for draft in drafts],
    )
