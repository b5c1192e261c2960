"""The meeting of the team passed the report: it goes to the office, and the chain may read it."""

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
def pass_team(
    *, report: Report, on: date, standing: Standing, by: Actor, at: datetime, text: str = ""
) -> Report:
    """The leader writes down the day of the 组务会."""
    stage = report.state
    check_day(on=on, since=report.task.left_on, what=words.LEAVING_DAY, at=at)
    changes = {"passed_on": on}
    data = {"on": on.isoformat(), "edition": report.edition}
    advance("team", report, standing=standing, by=by, at=at, changes=changes, data=data)
    keep_opinion(report=report, stage=stage, outcome="passed", text=text, by=by, at=at)
    return report
