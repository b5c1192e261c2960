"""延长: a decision of its own, with its reason."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from bihuan.areas.outcome.models import CheckTerm, CheckVisit
from bihuan.areas.outcome.policies.checking import may_change_check, may_open_check
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Invalid, Stale
from bihuan.org.policies import insist
from bihuan.record.actions.append import append


@transaction.atomic
def prolong_check(*, visit: CheckVisit, until_on: date, why: str, by: Actor, at: datetime) -> CheckVisit:
    """While it runs or before it began: what has ended is opened anew."""
    insist(may_change_check(visit, by, local_day(at)))
    if not why.strip():
        raise Invalid("没有写理由", "写清为什么延长", field="why")
    if until_on <= visit.until_on:
        raise Invalid("要晚于现在的到期日", "改日期；要提前结束用“终止”", field="until_on")
    insist(may_open_check(list(visit.tasks.all()), list(visit.members.all()), until_on, by, local_day(at)))
    before = visit.until_on
    here = CheckVisit.objects.filter(pk=visit.pk, until_on=before, ended_at=None)
    if not here.update(until_on=until_on):
        raise Stale()
    visit.until_on = until_on
    CheckTerm.objects.create(
        visit=visit,
        before_on=before,
        until_on=until_on,
        why=why.strip(),
        decided_at=at,
        decided_by_id=by.person_id,
    )
    append(
        stream=visit.stream, kind="outcome.check_prolonged", by=by, at=at, subject=visit.document,
        data={"from": before.isoformat(), "until": until_on.isoformat()},
    )  # fmt: skip
    return visit
