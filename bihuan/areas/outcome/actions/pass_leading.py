"""The leading group heard the report and proposes it to the committee."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from bihuan.areas.onsite.access import Standing
from bihuan.areas.outcome import words
from bihuan.areas.outcome.advance import advance
from bihuan.areas.outcome.models import Report
from bihuan.kernel.actor import Actor

from .check_day import check_day
from .keep_opinion import keep_opinion


@transaction.atomic
def pass_leading(
    *, report: Report, on: date, standing: Standing, by: Actor, at: datetime, text: str = ""
) -> Report:
    """A member of the leading group writes down the day of the meeting."""
    stage = report.state
    check_day(on=on, since=report.reviewed_on, what=words.REVIEW_DAY, at=at)
    changes = {"considered_on": on, "considered_by_id": by.person_id}
    data = {"on": on.isoformat(), "edition": report.edition}
    advance("leading", report, standing=standing, by=by, at=at, changes=changes, data=data)
    keep_opinion(report=report, stage=stage, outcome="passed", text=text, by=by, at=at)
    return report
