"""Change a mid-term report before it is submitted."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.onsite import states
from bihuan.areas.onsite.access import Standing
from bihuan.areas.onsite.models import Midterm
from bihuan.areas.onsite.policies.daily import may_amend_midterm
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.policies import insist
from bihuan.record.actions.append import append
from bihuan.record.closed import opened, shut


@transaction.atomic
def amend_midterm(*, midterm: Midterm, text: str, standing: Standing, by: Actor, at: datetime) -> Midterm:
    """By anybody of the team: it is the team's paper. Stale when somebody else saved meanwhile."""
    insist(may_amend_midterm(midterm, standing))
    if not text.strip():
        raise Refused("要写汇报内容", "写进展、发现的主要问题和下一步", field="text")
    shut(midterm, {**opened(midterm), "text": text.strip()})
    same = Midterm.objects.filter(pk=midterm.pk, state=states.WRITTEN, version=midterm.version)
    if not same.update(sealed=midterm.sealed, version=midterm.version + 1):
        raise Stale()
    midterm.version += 1
    append(
        stream=midterm.stream, kind="onsite.midterm_amended", by=by, at=at, subject=str(midterm),
        data={"task": midterm.task_id},
    )  # fmt: skip
    return midterm
