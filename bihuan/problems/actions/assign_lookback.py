"""派人回头看: give a drawn problem to somebody who had no part in it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Invalid, Refused, Stale
from bihuan.notify.actions.tell_all import tell_all
from bihuan.notify.models import Notice
from bihuan.org.models import Person
from bihuan.org.reads import Wear, actor_for
from bihuan.problems import words
from bihuan.problems.models import Lookback
from bihuan.problems.policies.lookback import RECHECK
from bihuan.problems.policies.sides import ever_took_part
from bihuan.record.actions.append import append


@transaction.atomic
def assign_lookback(*, lookback: Lookback, person: Person, by: Actor, at: datetime) -> Lookback:
    """Hand it to `person`. Raises Invalid for somebody who took part or has no right to look there."""
    problem = lookback.problem
    path = problem.unit.path or ""
    if not by.may_in(RECHECK, path):
        raise Refused("只有安排回头看的部门能派人", "请督办部门办")
    who = actor_for(person, at=at, wear=Wear.ANY)
    if (person.left_on and person.left_on <= local_day(at)) or not who.may_in(RECHECK, path):
        raise Invalid(f"{person.name}没有回头看的权限", "选督办部门或巡察办的人", field="person")
    if ever_took_part(problem, who):
        raise Invalid(f"{person.name}参加过整改或核验", "选一名没有参加过的人", field="person")
    old = lookback.assignee_id
    moved = Lookback.objects.filter(pk=lookback.pk, is_open=True, assignee=old).update(assignee=person)
    if not moved:
        raise Stale()
    append(
        stream=lookback.draw.stream, kind="lookback.assigned", by=by, at=at, unit_id=problem.unit_id,
        subject=problem.number, data={"number": problem.number, "old": old, "new": person.pk},
    )  # fmt: skip
    notice = Notice(
        person.pk, f"lookback:{lookback.draw_id}:{lookback.pk}", words.lookback_told(1, lookback.due_on),
        reverse("problems:page", args=[problem.number]), "soon",
    )  # fmt: skip
    tell_all(notices=[notice], at=at, by=by)
    lookback.assignee = person
    return lookback
