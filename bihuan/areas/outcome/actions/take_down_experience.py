"""撤下: what turned out not to be an example is taken out of the list, with the reason."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.outcome.models import Experience
from bihuan.areas.outcome.policies.experience import may_take_down
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Invalid, Stale
from bihuan.org.policies import insist
from bihuan.record.actions.append import append


@transaction.atomic
def take_down_experience(*, experience: Experience, why: str, by: Actor, at: datetime) -> Experience:
    insist(may_take_down(experience, by))
    if not why.strip():
        raise Invalid("没有写原因", "写清为什么撤下", field="why")
    values = {"taken_down_at": at, "taken_down_by_id": by.person_id, "why": why.strip()}
    here = Experience.objects.filter(pk=experience.pk, shared_at__isnull=False, taken_down_at=None)
    if not here.update(**values):
        raise Stale()
    for name, value in values.items():
        setattr(experience, name, value)
    append(
        stream=experience.stream, kind="outcome.experience_down", by=by, at=at, unit_id=experience.unit_id,
        subject=experience.item.problem.number, data={"number": experience.item.problem.number},
    )  # fmt: skip
    return experience
