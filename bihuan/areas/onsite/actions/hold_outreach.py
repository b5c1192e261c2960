"""Write down what the team explained to people (宣讲)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from bihuan.areas.inspection.models import Task
from bihuan.areas.onsite.access import Standing
from bihuan.areas.onsite.models import Outreach
from bihuan.areas.onsite.policies.daily import may_work_on_site
from bihuan.areas.onsite.reads.team import team_members
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused
from bihuan.org.models import Person
from bihuan.org.policies import insist
from bihuan.record.actions.append import append


@transaction.atomic
def hold_outreach(
    *,
    task: Task,
    on: date,
    topic: str,
    place: str,
    audience: int,
    speaker: Person,
    standing: Standing,
    by: Actor,
    at: datetime,
) -> Outreach:
    insist(may_work_on_site(task, standing, local_day(at)))
    if on > local_day(at) or (task.entered_on and on < task.entered_on):
        raise Refused("日期不在进驻期间", "核对日期", field="on")
    if not topic.strip() or not place.strip():
        raise Refused("要写内容和地点", "补上再存", field="topic" if not topic.strip() else "place")
    if audience < 1:
        raise Refused("人数至少是 1", "写到场人数", field="audience")
    if speaker.pk not in {one.person_id for one in team_members(task)}:
        raise Refused(f"{speaker}不在授权的组员里", "选本组的人", field="speaker")
    made = Outreach.objects.create(
        task=task, on=on, topic=topic.strip(), place=place.strip(), audience=audience, speaker=speaker,
        made_at=at, made_by_id=by.person_id,
    )  # fmt: skip
    append(
        stream=f"onsite-task:{task.pk}", kind="onsite.outreach_held", by=by, at=at, subject=str(task.round),
        data={"task": task.pk, "on": on.isoformat(), "audience": audience},
    )  # fmt: skip
    return made
