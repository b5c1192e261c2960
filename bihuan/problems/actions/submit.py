"""申请销号: the unit says it is done and shows the evidence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Invalid
from bihuan.problems.advance import advance
from bihuan.problems.models import Problem, Submission

from .attach import Upload, attach, name_in, receipt
from .join import join


@transaction.atomic
def submit(
    *,
    problem: Problem,
    text: str,
    by: Actor,
    at: datetime,
    files: Sequence[Upload] = (),
    occurred_at: datetime | None = None,
) -> Submission:
    """Ask for closure. Raises Refused while evidence or a measure is missing, Invalid without a word."""
    if not text.strip():
        raise Invalid("没有写完成情况", "写清做了什么、结果怎样", field="text")
    kept = attach(problem=problem, files=files, by=by, at=at)
    event = advance(
        "submit",
        problem,
        by=by,
        at=at,
        occurred_at=occurred_at,
        changes={"submitted_at": at, "submitted_by_id": by.person_id, "progress": "done"},
        data={"text": text.strip(), "files": receipt(kept)},
    )
    name_in(event, kept)
    join(problem=problem, person_id=by.person_id, side="rectify")
    return Submission.objects.create(
        problem=problem, round=problem.round, done_at=at, done_by_id=by.person_id, text=text.strip()
    )
