"""看照片原件: an original holds time and place; that somebody looked at it is written down."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.problems.models import Attachment, Problem
from bihuan.record.actions.append import append


@transaction.atomic
def note_original(*, problem: Problem, attachment: Attachment, by: Actor, at: datetime) -> None:
    """Keep who fetched which original, apart from the problem's own thread: nobody acted on the problem."""
    append(
        stream=f"original:{attachment.pk}", kind="file.original_seen", by=by, at=at, unit_id=problem.unit_id,
        data={"number": problem.number, "sha256": attachment.file.sha256},
    )  # fmt: skip
