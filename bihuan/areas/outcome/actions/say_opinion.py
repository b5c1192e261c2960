"""A reviewer says something of a report without passing it or sending it back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.onsite.access import Standing
from bihuan.areas.outcome.models import Opinion, Report
from bihuan.areas.outcome.policies import may_say
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused
from bihuan.org.policies import insist
from bihuan.record.actions.append import append

from .keep_opinion import keep_opinion


@transaction.atomic
def say_opinion(*, report: Report, text: str, standing: Standing, by: Actor, at: datetime) -> Opinion:
    insist(may_say(report, standing))
    made = keep_opinion(report=report, stage=report.state, outcome="said", text=text, by=by, at=at)
    if made is None:
        raise Refused("要写意见", "写清哪一条、什么意见", field="text")
    append(
        stream=report.stream, kind="outcome.opinion_said", by=by, at=at, subject=str(report),
        data={"task": report.task_id, "edition": report.edition},
    )  # fmt: skip
    return made
