"""回头看: a third person looks again after closing; what came back is open again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Invalid
from bihuan.problems import states
from bihuan.problems.advance import advance
from bihuan.problems.models import Lookback, Problem, Recheck

from .attach import Upload, attach, name_in, receipt
from .reopen import back_to_work


@transaction.atomic
def recheck(
    *,
    problem: Problem,
    passed: bool,
    text: str,
    by: Actor,
    at: datetime,
    found: str = "",
    due_on: date | None = None,
    files: Sequence[Upload] = (),
    occurred_at: datetime | None = None,
) -> Recheck:
    """Record the look-back. Not passed means a new round; `found` says relapse, paper_only or incomplete."""
    if not text.strip():
        raise Invalid("没有写看到的情况", "写清看了什么、现状怎样", field="text")
    closer, looked = problem.closed_by_id, problem.round
    if not passed:
        found = found or "relapse"
    kept = attach(problem=problem, files=files, by=by, at=at)
    event = advance(
        "recheck",
        problem,
        by=by,
        at=at,
        occurred_at=occurred_at,
        target=states.CONFIRMED if passed else states.RECTIFYING,
        changes={} if passed else back_to_work(problem, due_on, at),
        data={
            "passed": passed,
            "found": "" if passed else found,
            "text": text.strip(),
            "files": receipt(kept),
        },
    )
    name_in(event, kept)
    made = Recheck.objects.create(
        problem=problem,
        round=looked,
        passed=passed,
        found="" if passed else found,
        closed_by_id=closer,
        done_at=at,
        done_by_id=by.person_id,
        text=text.strip(),
    )
    Lookback.objects.filter(problem=problem, round=looked, is_open=True).update(is_open=False, recheck=made)
    return made
