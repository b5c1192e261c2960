"""Another body joins the visit: who leads, and what they look at."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from bihuan.areas.joint import states
from bihuan.areas.joint.models import JointPart, JointTask
from bihuan.areas.joint.policies import may_add_part
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.models import Person, Unit
from bihuan.org.policies import insist
from bihuan.record.actions.append import append


@transaction.atomic
def add_part(
    *, joint: JointTask, unit: Unit, leader: Person, looks_into: str, due_on: date, by: Actor, at: datetime
) -> JointPart:
    """`due_on` is when the body's own report is due. The inspected organisation takes no part in its own inspection."""
    insist(may_add_part(joint, by))
    if not looks_into.strip():
        raise Refused("没有写看什么", "写这个部门看哪些方面", field="looks_into")
    if unit.parent_id is None or any((unit.path or "").startswith(path) for path in _inspected(joint)):
        raise Refused(f"{unit.shown}是被巡察的单位，或不是一个部门", "选派人来的部门", field="unit")
    if due_on < joint.task.from_day:
        raise Refused("报告期限早于进驻", f"不早于 {joint.task.from_day}", field="due_on")
    open_ = JointTask.objects.filter(pk=joint.pk, state__in=states.OPEN)
    if not open_.update(version=F("version") + 1):
        raise Stale()
    joint.version += 1
    try:
        with transaction.atomic():
            made = JointPart.objects.create(
                joint=joint, unit=unit, leader=leader, looks_into=looks_into.strip(), due_on=due_on
            )
    except IntegrityError:
        raise Refused(f"{unit.shown}已经列入", "一个部门列一次", field="unit") from None
    append(
        stream=joint.stream, kind="joint.part_added", by=by, at=at, subject=str(joint), unit_id=unit.pk,
        data={"part_unit": unit.pk, "leader": leader.pk, "due": due_on.isoformat()},
    )  # fmt: skip
    return made


def _inspected(joint: JointTask) -> list[str]:
    """Paths of the units the inspected organisation covers; the group as a whole is none of them."""
    links = joint.task.org.links.filter(to_day=None, unit__parent__isnull=False)
    return [path for path in links.values_list("unit__path", flat=True) if path]
