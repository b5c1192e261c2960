"""The first step of the feedback: one to one with the principal of the organisation."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from bihuan.areas.onsite.access import Standing
from bihuan.areas.outcome.models import Feedback
from bihuan.areas.outcome.policies import may_tell
from bihuan.areas.outcome.reads.inside import is_of
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.models import Person
from bihuan.org.policies import insist
from bihuan.record.actions.append import append

from .check_day import check_day


@transaction.atomic
def tell_principal(
    *, feedback: Feedback, on: date, principal: Person, standing: Standing, by: Actor, at: datetime
) -> Feedback:
    """Who was told, and when. Raises Refused for somebody who is not of the organisation."""
    insist(may_tell(feedback, standing))
    check_day(on=on, since=feedback.report.approved_on, what="报告审定日期", at=at)
    if not is_of(feedback.task, principal):
        raise Refused(
            f"{principal.name}不在{feedback.task.org}所属的单位",
            "填被巡察党组织的主要负责人",
            field="principal",
        )
    changes = {"told_on": on, "principal": principal, "told_by_id": by.person_id}
    if not Feedback.objects.filter(pk=feedback.pk, told_on=None).update(**changes):
        raise Stale()
    for name, value in changes.items():
        setattr(feedback, name, value)
    append(
        stream=feedback.stream, kind="outcome.principal_told", by=by, at=at, subject=str(feedback),
        data={"task": feedback.task_id, "on": on.isoformat(), "person": principal.pk},
    )  # fmt: skip
    return feedback
