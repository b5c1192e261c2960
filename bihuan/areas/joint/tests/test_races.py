"""Two hands at once on a joint task: one wins."""

from __future__ import annotations

import pytest

from bihuan.areas.joint.actions.close_joint import close_joint
from bihuan.areas.joint.actions.plan_joint import plan_joint
from bihuan.areas.joint.actions.share_report import share_report
from bihuan.areas.joint.actions.start_joint import start_joint
from bihuan.areas.joint.models import JointPart, JointTask
from bihuan.kernel.refused import Refused
from bihuan.org.actions.wear_hat import wear_hat
from bihuan.org.models import Person
from bihuan.org.tests.test_hats import hatted
from bihuan.org.tests.world import build
from bihuan.record.models import Event

from .story import Joint


@pytest.fixture
def joint(transactional_db) -> Joint:
    return Joint(build(accounts=False), accounts=False)


def _one(done) -> None:
    assert sum(one.error is None for one in done) == 1
    assert all(isinstance(one.error, Refused) for one in done if one.error)


def _counted(*kinds: str) -> list[int]:
    return [Event.objects.filter(kind=kind).count() for kind in kinds]


def test_one_plan_one_start_one_report_one_sharing_one_end(joint, race):
    said = {"by": joint.office, "at": joint.at}
    task = joint.story.task(joint.story.round())
    _one(race(lambda: plan_joint(task=task, title="联动", plan="方案", **said), times=4))
    joint.part(JointTask.objects.select_related("task").get())
    _one(race(lambda: start_joint(joint=JointTask.objects.get(), **said), times=4))
    _one(race(lambda: joint.report(JointTask.objects.get(), "audit"), times=4))
    own = joint.world.actor("audit")
    part = JointPart.objects.select_related("joint", "unit")
    _one(race(lambda: share_report(part=part.get(), by=own, at=joint.at), times=4))
    _one(race(lambda: close_joint(joint=JointTask.objects.get(), **said), times=4))
    kinds = ("joint.planned", "joint.started", "joint.reported", "joint.shared", "joint.closed")
    assert _counted(*kinds) == [1, 1, 1, 1, 1]


def test_two_tabs_change_the_hat_once(joint, race):
    world = joint.world
    hatted(world, "inspection_office", "group", "inspection_dept")
    hatted(world, "safety_officer", "group", "safety_dept")
    actor = world.actor("rules_keeper")
    people = [Person.objects.get(pk=actor.person_id) for _ in range(4)]
    _one(race(lambda: wear_hat(person=people.pop(), hat=actor.hats[1], by=actor, at=joint.at), times=4))
    assert _counted("hat.worn") == [1]
