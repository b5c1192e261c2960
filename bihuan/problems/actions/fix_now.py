"""当场整改: small things stay small — fixed on the spot, with a photo, and seen by a second person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.problems.advance import advance
from bihuan.problems.models import Problem, Submission

from .attach import Upload, attach, name_in, receipt
from .join import join


@transaction.atomic
def fix_now(
    *,
    problem: Problem,
    by: Actor,
    at: datetime,
    text: str = "",
    files: Sequence[Upload] = (),
    occurred_at: datetime | None = None,
) -> Submission:
    """Say that it is already put right. Raises Refused without a photo of after, or above grade general."""
    kept = attach(problem=problem, files=files, by=by, at=at)
    changes = {
        "submitted_at": at,
        "submitted_by_id": by.person_id,
        "progress": "done",
        "timing": "immediate",
        "needs_plan": False,
    }
    event = advance(
        "fix_now",
        problem,
        by=by,
        at=at,
        occurred_at=occurred_at,
        changes=changes,
        data={"text": text, "files": receipt(kept)},
    )
    name_in(event, kept)
    join(problem=problem, person_id=by.person_id, side="rectify")
    return Submission.objects.create(
        problem=problem, round=problem.round, done_at=at, done_by_id=by.person_id, text=text, on_the_spot=True
    )
