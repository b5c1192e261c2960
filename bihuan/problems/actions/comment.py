"""附意见: a remark in the thread, with files if need be. Changes nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Invalid
from bihuan.problems.advance import advance
from bihuan.problems.models import Problem
from bihuan.record.models import Event

from .attach import Upload, attach, name_in, receipt


@transaction.atomic
def comment(
    *,
    problem: Problem,
    text: str,
    by: Actor,
    at: datetime,
    files: Sequence[Upload] = (),
    occurred_at: datetime | None = None,
) -> Event:
    """Add a remark. Raises Invalid without a word."""
    if not text.strip():
        raise Invalid("意见是空的", "写上意见再提交", field="text")
    kept = attach(problem=problem, files=files, by=by, at=at)
    event = advance(
        "comment",
        problem,
        by=by,
        at=at,
        occurred_at=occurred_at,
        data={"text": text.strip(), "files": receipt(kept)},
    )
    name_in(event, kept)
    return event
