"""Take a person out of the talent pool."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.inspection.models import Talent
from bihuan.areas.inspection.policies import may_plan
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Stale
from bihuan.org.policies import insist
from bihuan.record.actions.append import append


@transaction.atomic
def end_talent(*, talent: Talent, by: Actor, at: datetime) -> Talent:
    """From today they are not proposed any more; teams they are in stay as they are."""
    insist(may_plan(by))
    day = local_day(at)
    if not Talent.objects.filter(pk=talent.pk, ended_on=None).update(ended_on=day):
        raise Stale()
    talent.ended_on = day
    append(
        stream=f"inspection-talent:{talent.person_id}", kind="inspection.talent_ended", by=by, at=at,
        data={"person": talent.person_id},
    )  # fmt: skip
    return talent
