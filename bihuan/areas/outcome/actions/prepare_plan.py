"""Begin the plan of rectification: who stands for it, and the leaders who answer for its problems."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import IntegrityError, transaction

from bihuan.areas.onsite.access import Standing
from bihuan.areas.outcome import states
from bihuan.areas.outcome.models import Feedback, RectificationPlan
from bihuan.areas.outcome.policies.plan import may_prepare_plan
from bihuan.areas.outcome.reads.inside import is_of
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.models import Person
from bihuan.org.policies import insist
from bihuan.record.actions.append import append

from .check_day import check_day


@transaction.atomic
def prepare_plan(
    *,
    feedback: Feedback,
    head: Person,
    leaders: Iterable[Person],
    met_on: date,
    standing: Standing,
    by: Actor,
    at: datetime,
) -> RectificationPlan:
    """Once a feedback. The lists themselves are the problems of the feedback with their measures, in the loop."""
    insist(may_prepare_plan(feedback, standing, by))
    team = check_leaders(feedback, head, leaders)
    check_day(on=met_on, since=feedback.received_on, what="签收日期", at=at)
    made = RectificationPlan(feedback=feedback, head=head, met_on=met_on, made_at=at, made_by_id=by.person_id)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        raise Stale("整改方案已经有人在编", "刷新页面看最新情况") from None
    made.leaders.set(team)
    append(
        stream=made.stream, seq=1, kind=states.RECT_PLAN["prepare"].event, by=by, at=at, subject=str(made),
        data={"task": feedback.task_id, "head": head.pk, "leaders": sorted(one.pk for one in team)},
    )  # fmt: skip
    return made


def check_leaders(feedback: Feedback, head: Person, leaders: Iterable[Person]) -> list[Person]:
    """The head is one of them, all are of the organisation. Raises Refused."""
    team = list({one.pk: one for one in (head, *leaders)}.values())
    strangers = [one.name for one in team if not is_of(feedback.task, one)]
    if strangers:
        raise Refused(
            f"不在{feedback.task.org}所属的单位：{'、'.join(strangers)}", "填本单位班子成员", field="leaders"
        )
    return team
