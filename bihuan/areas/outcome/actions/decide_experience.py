"""定: the office shares what was suggested, or says why not."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.outcome.models import Experience
from bihuan.areas.outcome.policies.experience import may_come_from, may_decide, may_say_so
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Invalid, Stale
from bihuan.org.policies import insist
from bihuan.record.actions.append import append


@transaction.atomic
def decide_experience(
    *, experience: Experience, shared: bool, why: str, by: Actor, at: datetime
) -> Experience:
    """What may not be said is asked again: a problem may have been opened again, or exempted, since."""
    insist(may_decide(experience, by))
    if shared:
        insist(may_come_from(experience.item))
        one = experience
        insist(may_say_so([one.title, one.trouble, one.done, one.good, one.fits], one.item))
        values = {"shared_at": at, "shared_by_id": by.person_id}
    elif not why.strip():
        raise Invalid("没有写原因", "写清为什么不交流，推荐的单位看得到", field="why")
    else:
        values = {"refused_at": at, "refused_by_id": by.person_id, "why": why.strip()}
    here = Experience.objects.filter(pk=experience.pk, shared_at=None, refused_at=None)
    if not here.update(**values):
        raise Stale()
    for name, value in values.items():
        setattr(experience, name, value)
    append(
        stream=experience.stream, by=by, at=at, unit_id=experience.unit_id, subject=experience.item.problem.number,
        kind="outcome.experience_shared" if shared else "outcome.experience_refused",
        data={"number": experience.item.problem.number},
    )  # fmt: skip
    return experience
