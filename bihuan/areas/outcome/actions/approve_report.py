"""The committee decided on a report."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from bihuan.areas.onsite.access import Standing
from bihuan.areas.outcome.advance import advance
from bihuan.areas.outcome.models import Report
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused

from .check_day import check_day
from .keep_opinion import keep_opinion


@transaction.atomic
def approve_report(
    *, report: Report, on: date, document: str, standing: Standing, by: Actor, at: datetime, text: str = ""
) -> Report:
    """党委审定, written down by a member of the leading group who did not write the report."""
    stage = report.state
    check_day(on=on, since=report.considered_on, what="领导小组审议日期", at=at)
    if not document.strip():
        raise Refused("要写会议和文号", "如：党委常委会会议纪要〔2026〕9 号", field="document")
    changes = {"approved_on": on, "approved_by_id": by.person_id, "document": document.strip()}
    data = {"on": on.isoformat(), "edition": report.edition, "meeting": document.strip()}
    advance("approve", report, standing=standing, by=by, at=at, changes=changes, data=data)
    keep_opinion(report=report, stage=stage, outcome="passed", text=text, by=by, at=at)
    return report
