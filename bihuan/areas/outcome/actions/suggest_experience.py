"""推荐整改经验: by the organisation, to be decided by the office; the office's own is shared at once."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from bihuan.areas.onsite.access import Hat, Standing
from bihuan.areas.outcome.models import Experience, FeedbackItem
from bihuan.areas.outcome.policies.experience import may_come_from, may_say_so, may_suggest
from bihuan.areas.outcome.reads.inside import main_unit
from bihuan.areas.outcome.words import EXPERIENCE_TEXTS as TEXTS
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Invalid, Refused, Stale
from bihuan.org.policies import insist
from bihuan.record.actions.append import append


@transaction.atomic
def suggest_experience(
    *, item: FeedbackItem, standing: Standing, by: Actor, at: datetime, **texts: str
) -> Experience:
    """`texts`: title, trouble, done, good, fits. Category and industry come with the problem and the unit."""
    insist(may_suggest(item.feedback, standing, by))
    insist(may_come_from(item))
    said = {name: texts.get(name, "").strip() for name, _ in TEXTS}
    for name, what in TEXTS:
        if not said[name]:
            raise Invalid(f"没有写{what}", "用几句话写清楚", field=name)
    insist(may_say_so(list(said.values()), item))
    unit = main_unit(item.feedback.task)
    if unit is None:
        raise Refused(f"{item.feedback.task.org}没有对应的单位", "请系统管理员补上党组织和单位的对应")
    at_once = {"shared_at": at, "shared_by_id": by.person_id} if Hat.OFFICE in standing.hats else {}
    try:
        with transaction.atomic():
            made = Experience.objects.create(
                item=item, unit=unit, category=item.category, industry=unit.industry, made_at=at,
                made_by_id=by.person_id, **said, **at_once,
            )  # fmt: skip
    except IntegrityError:
        raise Stale("这件问题的经验已经推荐过", "刷新页面看最新情况") from None
    kind = "outcome.experience_shared" if at_once else "outcome.experience_suggested"
    append(
        stream=made.stream, kind=kind, by=by, at=at, seq=1, unit_id=unit.pk, subject=item.problem.number,
        data={"task": item.feedback.task_id, "number": item.problem.number},
    )  # fmt: skip
    return made
