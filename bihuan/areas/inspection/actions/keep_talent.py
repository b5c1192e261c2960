"""Take a person into the talent pool of inspection, or say anew what they are good at."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.inspection.models import Talent
from bihuan.areas.inspection.policies import may_plan
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.org.models import Person
from bihuan.org.policies import insist
from bihuan.record.actions.append import append


@transaction.atomic
def keep_talent(*, person: Person, skills: str, by: Actor, at: datetime) -> Talent:
    """Who was in the pool before comes back to it."""
    insist(may_plan(by))
    day = local_day(at)
    made, _ = Talent.objects.update_or_create(
        person=person, defaults={"skills": skills.strip(), "ended_on": None}, create_defaults={
            "skills": skills.strip(), "since": day,
        },
    )  # fmt: skip
    data = {"person": person.pk, "skills": made.skills}
    append(stream=f"inspection-talent:{person.pk}", kind="inspection.talent_kept", by=by, at=at, data=data)
    return made
