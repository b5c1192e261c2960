"""终止: from this moment the check team sees nothing."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.outcome.models import CheckVisit
from bihuan.areas.outcome.policies.checking import may_change_check
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Invalid, Stale
from bihuan.org.policies import insist
from bihuan.record.actions.append import append


@transaction.atomic
def end_check(*, visit: CheckVisit, why: str, by: Actor, at: datetime) -> CheckVisit:
    insist(may_change_check(visit, by, local_day(at)))
    if not why.strip():
        raise Invalid("没有写原因", "写清为什么终止", field="why")
    values = {"ended_at": at, "ended_by_id": by.person_id, "why_ended": why.strip()}
    if not CheckVisit.objects.filter(pk=visit.pk, ended_at=None).update(**values):
        raise Stale("已经终止", "刷新页面看最新情况")
    for name, value in values.items():
        setattr(visit, name, value)
    append(stream=visit.stream, kind="outcome.check_ended", by=by, at=at, subject=visit.document, data={})
    return visit
