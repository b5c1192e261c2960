"""部门页: exactly what is the department's, for who stands for it, and for nobody else."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.areas.joint.access import stands_for
from bihuan.areas.joint.reads import sections_of
from bihuan.org.actions.grant_role import grant_role
from bihuan.org.tests.world import SINCE
from bihuan.problems.models import Problem
from bihuan.problems.tests.story import raised

from .story import Joint

pytestmark = pytest.mark.django_db


@pytest.fixture
def joint(world) -> Joint:
    return Joint(world)


def _crossing(world, statement: str, supervisor: str) -> Problem:
    made = raised(world, statement=statement)
    Problem.objects.filter(pk=made.pk).update(supervisor=world.unit(supervisor))
    made.assisting.add(world.unit("finishing"))
    return made


def test_two_departments_and_an_outsider(joint, signed_in):
    world = joint.world
    made = joint.under_way("audit")
    joint.story.team(made.task.round, "safety_officer", "second_officer")
    for word, unit in (("audit", "audit_dept"), ("safety", "safety_dept")):
        grant_role(
            role="supervisor", unit=world.unit("group"), person=world.person(word), from_day=SINCE,
            by=world.actor("security_admin"), at=world.at,
        )  # fmt: skip
        _crossing(world, f"{unit}牵头的", unit)
        raised(world, statement=f"{unit}自己的", unit=world.unit(unit))
    audit, safety = (world.unit(code) for code in ("audit_dept", "safety_dept"))
    page = signed_in("audit").get(f"/joint/departments/{audit.pk}/").content.decode()
    for own in (made.title, "audit_dept牵头的", "audit_dept自己的", "没有人借给巡察组"):
        assert own in page
    for other in ("safety_dept牵头的", "safety_dept自己的", "侯振华"):
        assert other not in page
    page = signed_in("safety").get(f"/joint/departments/{safety.pk}/").content.decode()
    for own in ("侯振华", "温慧敏", "safety_dept牵头的", "safety_dept自己的", "没有参加联动监督"):
        assert own in page
    for other in (made.title, "audit_dept牵头的", "audit_dept自己的"):
        assert other not in page
    for word, unit in (
        ("audit", safety),
        ("safety", audit),
        ("inspection_officer", audit),
        ("outsider", audit),
    ):
        assert signed_in(word).get(f"/joint/departments/{unit.pk}/").status_code == 404
    assert signed_in("outsider").get("/joint/").status_code == 404


def test_the_door_leads_a_department_to_its_page(joint, signed_in):
    answer = signed_in("audit").get("/joint/")
    assert answer.status_code == 302 and answer.url.endswith(
        f"/departments/{joint.world.unit('audit_dept').pk}/"
    )


def test_a_right_over_the_whole_house_makes_nobody_every_department(joint):
    world = joint.world
    grant_role(
        role="department_officer", unit=world.unit("group"), person=world.person("duty_officer"), from_day=SINCE,
        by=world.actor("security_admin"), at=world.at,
    )  # fmt: skip
    assert stands_for(world.actor("duty_officer")) == {world.unit("safety_dept").pk}
    assert stands_for(world.actor("outsider")) == set()
    assert stands_for(world.actor("inspection_officer")) == set()


def test_more_rows_ask_no_more(joint):
    world, made = joint.world, joint.under_way("audit", "safety")
    unit, actor = world.unit("safety_dept"), world.actor("safety")
    joint.story.team(made.task.round, "safety_officer", "second_officer")
    _crossing(world, "一", "safety_dept")
    with CaptureQueriesContext(connection) as few:
        sections_of(actor, unit, joint.at)
    joint.part(joint.planned("R2"), "safety")
    for n in range(3):
        _crossing(world, f"又{n}", "safety_dept")
    with CaptureQueriesContext(connection) as many:
        found = sections_of(actor, unit, joint.at)
    assert len(many) == len(few) <= 15
    assert [section.total for section in found if section.code in ("parts", "lent")] == [2, 2]
