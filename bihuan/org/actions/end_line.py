"""Stop using a business line. Nobody may be in charge of it any more."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.models import BusinessLine, Portfolio
from bihuan.org.policies import insist, may_manage_org
from bihuan.record.actions.append import append


@transaction.atomic
def end_line(*, line: BusinessLine, on: date, by: Actor, at: datetime) -> BusinessLine:
    insist(may_manage_org(by))
    held = Portfolio.objects.filter(line=line, ended_at=None).select_related("person").first()
    if held is not None:
        raise Refused(f"{held.person}还分管“{line}”", "先登记交出，再停用")
    if not BusinessLine.objects.filter(pk=line.pk, ended_on=None).update(ended_on=on):
        raise Stale("已经停用了")
    line.ended_on = on
    append(
        stream=f"business-line:{line.pk}", kind="portfolio.line_ended", by=by, at=at,
        data={"line": line.title, "on": on.isoformat()},
    )  # fmt: skip
    return line
