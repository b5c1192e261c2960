"""与被巡察单位主要负责人核对事实: that it was done, and when; no text."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from bihuan.areas.onsite.access import Standing
from bihuan.areas.outcome.models import Report
from bihuan.areas.outcome.policies import may_check_facts
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Stale
from bihuan.org.policies import insist
from bihuan.record.actions.append import append

from .check_day import check_day


@transaction.atomic
def check_facts(*, report: Report, on: date, standing: Standing, by: Actor, at: datetime) -> Report:
    """Optional. Facts are checked, not judgements, and what was said stays with the team."""
    insist(may_check_facts(report, standing))
    check_day(on=on, since=report.task.entered_on, what="进驻日期", at=at)
    if not Report.objects.filter(pk=report.pk, facts_on=None).update(facts_on=on):
        raise Stale()
    report.facts_on = on
    append(
        stream=report.stream, kind="outcome.facts_checked", by=by, at=at, subject=str(report),
        data={"task": report.task_id, "on": on.isoformat()},
    )  # fmt: skip
    return report
