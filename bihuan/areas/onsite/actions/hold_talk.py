"""Write down a talk: by two inspectors at least."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Max

from bihuan.areas.inspection.models import Task
from bihuan.areas.onsite.access import Standing
from bihuan.areas.onsite.models import Interviewee, Talk
from bihuan.areas.onsite.policies import may_talk
from bihuan.areas.onsite.reads.team import team_members
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.models import Person
from bihuan.org.policies import insist
from bihuan.record.actions.append import append
from bihuan.record.closed import shut

#: what is closed of a talk; who, and the record, must be there
WORDS = ("who", "post", "place", "outline", "record")


@transaction.atomic
def hold_talk(
    *,
    task: Task,
    on: date,
    said: Mapping[str, str],
    lead: Person,
    second: Person,
    third: Person | None = None,
    interviewee: Interviewee | None = None,
    standing: Standing,
    by: Actor,
    at: datetime,
) -> Talk:
    """`interviewee` is the row of the list this talk answers, if any: then the talk is a mandatory one."""
    insist(may_talk(task, standing))
    _insist_right(task, on, said, [lead, second, *([third] if third else [])], by, at)
    last = Talk.objects.filter(task=task).aggregate(last=Max("number"))["last"] or 0
    made = Talk(
        task=task, number=last + 1, kind="mandatory" if interviewee else "optional", held_on=on, lead=lead,
        second=second, third=third, made_at=at, made_by_id=by.person_id,
    )  # fmt: skip
    shut(made, {key: str(said.get(key, "")).strip() for key in WORDS})
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        raise Stale("序号被同时占用", "再存一次") from None
    if interviewee is not None:
        waiting = Interviewee.objects.filter(pk=interviewee.pk, talk=None, excused_at=None)
        if not waiting.update(talk=made):
            raise Stale("名单上的这个人已经谈过或免谈", "刷新页面看最新情况")
    data = {"task": task.pk, "on": on.isoformat(), "kind": made.kind}
    append(stream=made.stream, seq=1, kind="onsite.talk_held", by=by, at=at, subject=str(made), data=data)
    return made


def _insist_right(
    task: Task, on: date, said: Mapping[str, str], inspectors: list[Person], by: Actor, at: datetime
) -> None:
    if len({one.pk for one in inspectors}) != len(inspectors):
        raise Refused("谈话要两个人以上，主谈和记录不能是同一个人", "再选一个人", field="second")
    members = {one.person_id for one in team_members(task)}
    outside = [str(one) for one in inspectors if one.pk not in members]
    if outside:
        raise Refused(f"{'、'.join(outside)}不在授权的组员里", "选本组的人", field="lead")
    if by.person_id not in {one.pk for one in inspectors}:
        raise Refused("谈话由谈的人登记", "请主谈人或记录人登记", field="lead")
    if on > local_day(at):
        raise Refused("谈话日期在今天以后", "谈完再登记", field="on")
    if task.entered_on and on < task.entered_on:
        raise Refused("谈话日期早于进驻", "核对日期", field="on")
    if task.left_on and on > task.left_on:
        raise Refused("谈话日期在离场以后", "离场以后不再谈话，核对日期", field="on")
    if not str(said.get("who", "")).strip():
        raise Refused("要写和谁谈", "补上再存", field="who")
    if not str(said.get("record", "")).strip():
        raise Refused("要写谈话记录", "补上再存", field="record")
