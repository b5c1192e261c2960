"""职责矩阵: versions with sources, the mapping to units of the house, and who may change it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bihuan.areas.joint import words
from bihuan.areas.joint.actions.map_body import map_body
from bihuan.areas.joint.actions.publish_matrix import publish_matrix
from bihuan.areas.joint.actions.unmap_body import unmap_body
from bihuan.areas.joint.models import BodyHolder, Matrix
from bihuan.areas.joint.reads import holders_on, matrix_on, shipped, spelled, unspelled
from bihuan.kernel.refused import Refused
from bihuan.record.models import Event

from .story import Joint

pytestmark = pytest.mark.django_db


@pytest.fixture
def joint(world) -> Joint:
    return Joint(world)


def publish(joint: Joint, **more) -> Matrix:
    said = {"title": "工作规则", "from_day": joint.day, "duties": shipped()["duties"], **more}
    return publish_matrix(
        by=more.pop("by", joint.office), at=joint.at, **{k: said[k] for k in ("title", "from_day", "duties")}
    )


def test_what_is_shipped_is_complete_and_reads_back(joint):
    duties = shipped()["duties"]
    assert unspelled(spelled(duties)) == duties
    used = {body for duty in duties for body in duty["parts"]}
    assert used == set(dict(words.BODIES)), "all seven kinds have a part"
    assert publish(joint).number == 1


def test_a_version_holds_from_its_day_and_the_old_one_stays(joint):
    first = publish(joint)
    second = publish(
        joint, title="新规则", from_day=joint.day + timedelta(days=10), duties=shipped()["duties"][:3]
    )
    assert matrix_on(joint.day) == first and matrix_on(joint.day + timedelta(days=10)) == second
    assert matrix_on(joint.day - timedelta(days=1)) is None
    assert Event.objects.filter(kind="joint.matrix_published").count() == 2


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("巡前|编计划|巡察办=牵头|规则", "第 1 行不是五段"),
        ("巡前|编计划|工会=牵头|规则|H", "工会=牵头.*读不出来"),
        ("巡前|编计划|巡察办=拍板|规则|H", "读不出来"),
        ("巡前|编计划|巡察办=牵头||H", "缺阶段、职责或来源"),
        ("巡前|编计划|巡察办=牵头|规则|X", "可信度不对"),
        ("巡前|编计划||规则|H", "没有写谁做什么"),
        ("", "一条职责也没有"),
    ],
)
def test_it_refuses_what_is_incomplete(joint, text, reason):
    with pytest.raises(Refused, match=reason):
        publish(joint, duties=unspelled(text))
    assert not Matrix.objects.exists()


def test_who_holds_which_body(joint):
    world, said = joint.world, {"on": joint.day, "by": joint.office, "at": joint.at}
    audit = map_body(body="department", unit=world.unit("audit_dept"), **said)
    map_body(body="committee", org=world.party["committee"], **said)
    joint.story.term()
    found = {one.code: one for one in holders_on(joint.day)}
    assert [row.name for row in found["department"].rows] == ["审计部"]
    assert [row.name for row in found["committee"].rows] == ["集团党委"]
    assert "贺长风" in found["leading_group"].said and "2 个党组织" in found["inspected"].said
    for wrong, reason in (
        ({"body": "department", "unit": world.unit("audit_dept")}, "已经对应"),
        ({"body": "office"}, "二选一"), ({"body": "union", "unit": world.unit("audit_dept")}, "没有监督主体"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=reason):
            map_body(**wrong, **said)
    with pytest.raises(Refused, match="由巡察办管"):
        map_body(
            body="office", unit=world.unit("audit_dept"), on=joint.day, by=world.actor("audit"), at=joint.at
        )
    unmap_body(holder=audit, on=joint.day + timedelta(days=5), by=joint.office, at=joint.at)
    with pytest.raises(Refused, match="已经取消"):
        unmap_body(holder=audit, on=joint.day, by=joint.office, at=joint.at)
    assert (
        holders_on(joint.day + timedelta(days=4))[5].rows
        and not holders_on(joint.day + timedelta(days=5))[5].rows
    )


def test_the_pages(joint, signed_in):
    office, audit = signed_in("inspection_officer"), signed_in("audit")
    assert "还没有职责矩阵" in audit.get("/joint/matrix/").content.decode()
    form = office.get("/joint/matrix/next/").content.decode()
    assert "系统带的范本" in form and "巡前|编五年规划" in form
    said = {"title": "工作规则", "from_day": "2025-09-01", "duties": spelled(shipped()["duties"])}
    assert office.post("/joint/matrix/next/", said).status_code == 302
    page = audit.get("/joint/matrix/").content.decode()
    assert "编五年规划" in page and "地方做法" in page and "登记主体" not in page
    bad = office.post("/joint/matrix/next/", {**said, "duties": "巡前|一"})
    assert bad.status_code == 400 and "第 1 行不是五段" in bad.content.decode()
    unit = joint.world.unit("audit_dept")
    office.post("/joint/matrix/bodies/new/", {"body": "department", "unit": unit.pk, "on": "2025-09-15"})
    holder = BodyHolder.objects.get()
    assert "审计部" in audit.get("/joint/matrix/").content.decode()
    office.post(f"/joint/matrix/bodies/{holder.pk}/end/")
    holder.refresh_from_db()
    assert holder.to_day is not None
    for url in ("/joint/matrix/next/", "/joint/matrix/bodies/new/"):
        assert audit.get(url).status_code == 404
    assert signed_in("outsider").get("/joint/matrix/").status_code == 404
