"""附意见: a remark in the thread, with files if need be. Whoever hands in evidence with it is of the team."""

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
from .join import join

_PROOF = ("evidence", "after")


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
    """Add a remark. Raises Invalid without a word, Refused when a verifier hands in what they verify."""
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
    if any(one.role in _PROOF for one in kept):
        join(problem=problem, person_id=by.person_id, side="rectify")
    return event
