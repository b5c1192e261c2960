"""Keep what a reviewer said, closed, beside the report."""

from __future__ import annotations

from datetime import datetime

from bihuan.areas.outcome.models import Opinion, Report
from bihuan.kernel.actor import Actor
from bihuan.record.closed import shut


def keep_opinion(
    *, report: Report, stage: str, outcome: str, text: str, by: Actor, at: datetime
) -> Opinion | None:
    """Nothing where nothing was said. `stage` is the state the report was in. Only actions call it."""
    if not text.strip():
        return None
    made = Opinion(
        report=report,
        stage=stage,
        edition=report.edition,
        outcome=outcome,
        said_at=at,
        said_by_id=by.person_id,
    )
    shut(made, {"text": text.strip()})
    made.save(force_insert=True)
    return made
