"""The office has reviewed the report and passes it to the leading group."""

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
def pass_office(
    *, report: Report, on: date, standing: Standing, by: Actor, at: datetime, text: str = ""
) -> Report:
    """On the day it was reviewed."""
    stage = report.state
    check_day(on=on, since=report.passed_on, what=words.MEETING_DAY, at=at)
    changes = {"reviewed_on": on, "reviewed_by_id": by.person_id}
    data = {"on": on.isoformat(), "edition": report.edition}
    advance("office", report, standing=standing, by=by, at=at, changes=changes, data=data)
    keep_opinion(report=report, stage=stage, outcome="passed", text=text, by=by, at=at)
    return report
