"""可用、已用: a unit says that it can use an experience, or has; once of each, with a line that says where."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from bihuan.areas.outcome.models import Experience, ExperienceUse
from bihuan.areas.outcome.policies.experience import may_use
from bihuan.areas.outcome.words import USES
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Invalid, Stale
from bihuan.org.policies import insist
from bihuan.record.actions.append import append


@transaction.atomic
def note_experience_use(
    *, experience: Experience, use: str, line: str, by: Actor, at: datetime
) -> ExperienceUse:
    insist(may_use(experience, by))
    if use not in dict(USES):
        raise Invalid("没有选可用还是已用", "选一种", field="use")
    if not line.strip():
        raise Invalid("没有写用在哪里", "写一句，例如用在哪个车间的哪件事上", field="line")
    try:
        with transaction.atomic():
            made = ExperienceUse.objects.create(
                experience=experience, unit_id=by.unit_id, use=use, line=line.strip(), said_at=at,
                said_by_id=by.person_id,
            )  # fmt: skip
    except IntegrityError:
        raise Stale("本单位已经记过", "刷新页面看最新情况") from None
    append(
        stream=experience.stream, kind="outcome.experience_used", by=by, at=at, unit_id=by.unit_id,
        subject=experience.item.problem.number, data={"use": use},
    )  # fmt: skip
    return made
