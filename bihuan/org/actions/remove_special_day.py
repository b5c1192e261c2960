"""Take a day out of the table of holidays again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.org.models import SpecialDay
from bihuan.org.policies import insist, may_manage_rules
from bihuan.record.actions.append import append


@transaction.atomic
def remove_special_day(*, day: SpecialDay, by: Actor, at: datetime) -> None:
    insist(may_manage_rules(by))
    SpecialDay.objects.filter(pk=day.pk).delete()
    append(stream="rules:calendar", kind="rules.day_removed", by=by, at=at, data={"day": day.day.isoformat()})
