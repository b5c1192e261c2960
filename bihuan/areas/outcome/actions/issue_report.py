"""Issue an approved report; a special report may then be read by the department it is addressed to."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from bihuan.areas.onsite.access import Standing
from bihuan.areas.outcome import words
from bihuan.areas.outcome.advance import advance
from bihuan.areas.outcome.models import Report
from bihuan.kernel.actor import Actor

from .check_day import check_day


@transaction.atomic
def issue_report(*, report: Report, on: date, standing: Standing, by: Actor, at: datetime) -> Report:
    """By the office, within the circle that may read it."""
    check_day(on=on, since=report.approved_on, what=words.APPROVAL_DAY, at=at)
    changes = {"issued_on": on, "issued_by_id": by.person_id}
    data = {"on": on.isoformat(), "edition": report.edition}
    advance("issue", report, standing=standing, by=by, at=at, changes=changes, data=data)
    return report
