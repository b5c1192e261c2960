"""One visit, one plan, a report of each body: planned, under way, reported, done."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.areas.joint.actions.add_part import add_part
from bihuan.areas.joint.actions.close_joint import close_joint
from bihuan.areas.joint.actions.drop_joint import drop_joint
from bihuan.areas.joint.actions.drop_part import drop_part
from bihuan.areas.joint.actions.plan_joint import plan_joint
from bihuan.areas.joint.actions.share_report import share_report
from bihuan.areas.joint.actions.start_joint import start_joint
from bihuan.areas.joint.models import JointPart, JointTask
from bihuan.areas.joint.reads.desk import desk_lines, desk_rows
from bihuan.kernel.refused import Refused, Stale
from bihuan.notify.models import Line
from bihuan.org.tests.test_hats import hatted
from bihuan.record.models import Event

from .story import Joint

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def joint(world) -> Joint:
    return Joint(world)


def test_from_the_plan_to_the_end(joint):
    made = joint.under_way()
    assert made.state == "under_way"
    assert Line.objects.filter(key__startswith=f"joint:{made.pk}:").count() == 2, "both leaders are told"
    joint.report(made, "audit")
    with pytest.raises(Refused, match="还没有收到报告：安全部"):
        close_joint(joint=made, by=joint.office, at=joint.at)
    joint.report(made, "safety")
    close_joint(joint=made, by=joint.office, at=joint.at)
    assert JointTask.objects.get().state == "closed"
    kinds = list(Event.objects.filter(stream=made.stream).order_by("id").values_list("kind", flat=True))
    assert kinds == [
        "joint.planned", "joint.part_added", "joint.part_added", "joint.started", "joint.reported", "joint.reported",
        "joint.closed",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("case", "reason"),
    [
        ("by a department", "由巡察办管"), ("twice", "已经有联动任务"), ("no plan", "没有写联动方案"),
        ("the inspected", "被巡察的单位"), ("joined", "已经列入"), ("early", "早于进驻"), ("alone", "还没有别的部门"),
        ("by the office", "由本部门交"), ("by another", "由本部门交"), ("before the start", "拟定中"),
        ("reported", "已经交过"), ("no number", "要有文号"), ("tomorrow", "今天以后"), ("nothing to share", "先交报告|还没有交报告"),
        ("shared by another", "由本部门定"), ("dropped late", "不能不办了"), ("part dropped late", "已经开始"),
        ("left", "已离场"),
    ],
)  # fmt: skip
def test_it_refuses(joint, case, reason):
    world, said = joint.world, {"by": joint.office, "at": joint.at}
    acts = {
        "by a department": lambda: start_joint(joint=joint.planned(), by=world.actor("audit"), at=joint.at),
        "twice": lambda: plan_joint(task=joint.planned().task, title="再来", plan="方案", **said),
        "no plan": lambda: plan_joint(
            task=joint.story.task(joint.story.round()), title="联动", plan=" ", **said
        ),
        "the inspected": lambda: add_part(
            joint=joint.planned(), unit=world.unit("furnace"), leader=world.person("audit"), looks_into="一",
            due_on=joint.day, **said,
        ),
        "joined": lambda: [joint.part(made) for made in [joint.planned()] for _ in range(2)],
        "early": lambda: add_part(
            joint=joint.planned(), unit=world.unit("audit_dept"), leader=world.person("audit"), looks_into="一",
            due_on=joint.day - timedelta(days=1), **said,
        ),
        "alone": lambda: start_joint(joint=joint.planned(), **said),
        "by the office": lambda: _report_as(joint, "inspection_officer"),
        "by another": lambda: _report_as(joint, "safety"),
        "before the start": lambda: joint.report(joint.part(joint.planned()).joint, "audit"),
        "reported": lambda: [joint.report(made, "audit") for made in [joint.under_way()] for _ in range(2)],
        "no number": lambda: joint.report(joint.under_way(), "audit", number=" "),
        "tomorrow": lambda: joint.report(
            joint.under_way(), "audit", received_on=joint.day + timedelta(days=1)
        ),
        "nothing to share": lambda: share_report(
            part=_part(joint.under_way(), joint), by=world.actor("audit"), at=joint.at
        ),
        "shared by another": lambda: share_report(
            part=joint.report(joint.under_way(), "audit"), by=joint.office, at=joint.at
        ),
        "dropped late": lambda: drop_joint(joint=joint.under_way(), **said),
        "part dropped late": lambda: drop_part(part=_part(joint.under_way(), joint), **said),
        "left": lambda: plan_joint(
            task=joint.story.left(joint.story.entered()), title="联动", plan="方案", **said
        ),
    }  # fmt: skip
    with pytest.raises(Refused, match=reason):
        acts[case]()


def _part(made: JointTask, joint: Joint, word: str = "audit") -> JointPart:
    return made.parts.select_related("joint", "unit").get(unit=joint.world.unit(f"{word}_dept"))


def _report_as(joint: Joint, who: str):
    from bihuan.areas.joint.actions.report_part import report_part

    part = _part(joint.under_way(), joint)
    return report_part(part=part, received_on=joint.day, number="1", by=joint.world.actor(who), at=joint.at)


def test_before_the_start_it_may_be_dropped_and_a_body_taken_out(joint):
    made = joint.planned()
    drop_part(part=joint.part(made), by=joint.office, at=joint.at)
    made.refresh_from_db()
    drop_joint(joint=made, by=joint.office, at=joint.at)
    assert JointTask.objects.get().state == "dropped" and not JointPart.objects.exists()


def test_a_body_that_joins_in_between_holds_up_the_end(joint):
    made = joint.under_way("audit")
    joint.report(made, "audit")
    seen = JointTask.objects.get(pk=made.pk)
    joint.part(made, "safety")
    with pytest.raises(Refused):
        close_joint(joint=seen, by=joint.office, at=joint.at)
    late = JointTask.objects.get(pk=made.pk)
    late.version -= 1
    joint.report(made, "safety")
    with pytest.raises(Stale):
        close_joint(joint=late, by=joint.office, at=joint.at)


def test_a_report_is_of_its_body_until_it_is_shared(joint, signed_in):
    made = joint.under_way()
    audit, safety, office = (signed_in(word) for word in ("audit", "safety", "inspection_officer"))
    part = _part(made, joint)
    said = {"number": "晋岭审〔2025〕7 号", "received_on": "2025-09-15"}
    assert safety.post(f"/joint/parts/{part.pk}/report/", said).status_code == 404
    answer = audit.post(
        f"/joint/parts/{part.pk}/report/", {**said, "file": SimpleUploadedFile("审计报告.pdf", PDF)}
    )
    assert answer.status_code == 302, answer.content.decode()
    url, page = f"/joint/parts/{part.pk}/report/file/", f"/joint/tasks/{made.pk}/"
    assert b"".join(audit.get(url).streaming_content) == PDF
    for other in (safety, office):
        assert other.get(url).status_code == 404
        text = other.get(page).content.decode()
        assert "已交，没有共享" in text and "晋岭审〔2025〕7 号" not in text
    assert Event.objects.filter(kind="joint.report_read").count() == 1
    audit.post(f"/joint/parts/{part.pk}/sharing/")
    for other in (safety, office):
        assert other.get(url).status_code == 200
        assert "晋岭审〔2025〕7 号" in other.get(page).content.decode()
    read = Event.objects.filter(kind="joint.report_read")
    assert read.count() == 3 and {event.by_id for event in read} == {
        joint.world.person(word).pk for word in ("audit", "safety", "inspection_officer")
    }


def test_who_is_not_in_it_sees_nothing(joint, signed_in):
    made = joint.under_way("audit")
    assert signed_in("audit").get(f"/joint/tasks/{made.pk}/").status_code == 200
    for word in ("safety", "outsider", "unit_head", "liaison", "system_admin"):
        client = signed_in(word)
        assert client.get(f"/joint/tasks/{made.pk}/").status_code == 404
        assert client.get(f"/joint/parts/{made.parts.get().pk}/report/").status_code == 404
    assert made.title not in signed_in("safety").get("/joint/tasks/").content.decode()


def test_the_desk_asks_the_body_and_then_the_office(joint):
    made = joint.under_way("audit")
    world = joint.world

    def lines(word: str) -> list[tuple[str, str]]:
        actor = world.actor(word)
        told = [(line.label, line.text) for line in desk_lines(actor, joint.at)]
        assert sum(rows.count() for rows in desk_rows(actor)) == len(told)
        return told

    assert [label for label, _ in lines("audit")] == ["交报告"]
    assert lines("safety") == lines("inspection_officer") == lines("outsider") == []
    joint.report(made, "audit")
    assert lines("audit") == [] and lines("inspection_officer") == [("办结", made.title)]


def test_two_hats_stand_for_two_bodies(joint):
    """The officer of the inspection office who also sits in audit reports for audit under that hat alone."""
    world = joint.world
    made = joint.under_way("audit")
    hatted(world, "inspection_office", "group", "inspection_dept", word="duty_officer")
    hatted(world, "department_officer", "audit_dept", "audit_dept", word="duty_officer")
    part = JointPart.objects.get()
    office = world.actor("duty_officer")
    assert office.hat.code == "XCB" and part not in JointPart.objects.own_of(office)
    from bihuan.org.models import Person
    from bihuan.org.reads import actor_for

    person = Person.objects.get(pk=office.person_id)
    audit = actor_for(person, at=joint.at, wear=world.unit("audit_dept").pk)
    assert part in JointPart.objects.own_of(audit) and made in JointTask.objects.visible_to(audit)


def test_the_pages_plan_it_and_ask_the_same_for_more(joint, signed_in):
    office, world = signed_in("inspection_officer"), joint.world
    assert "没有联动任务" in office.get("/joint/").content.decode()
    task = joint.story.task(joint.story.round())
    office.post("/joint/tasks/new/", {"task": task.pk, "title": "热轧厂巡审联动", "plan": "一次进驻"})
    made = JointTask.objects.get()
    said = {
        "unit": world.unit("audit_dept").pk,
        "leader": "2201",
        "looks_into": "采购",
        "due_on": "2025-10-01",
    }
    office.post(f"/joint/tasks/{made.pk}/parts/new/", said)
    url = f"/joint/tasks/{made.pk}/"
    office.get(url)
    with CaptureQueriesContext(connection) as few:
        assert "采购" in office.get(url).content.decode()
    joint.part(made, "safety")
    with CaptureQueriesContext(connection) as many:
        office.get(url)
    assert len(many) == len(few) <= 20
    with CaptureQueriesContext(connection) as one:
        office.get("/joint/tasks/")
    joint.planned("R2")
    with CaptureQueriesContext(connection) as two:
        assert "巡审联动 R2" in office.get("/joint/tasks/").content.decode()
    assert len(two) == len(one) <= 20
    office.post(f"/joint/parts/{_part(made, joint, 'safety').pk}/removal/")
    office.post(f"/joint/tasks/{made.pk}/start/")
    made.refresh_from_db()
    assert made.state == "under_way" and made.parts.count() == 1
    joint.report(made, "audit")
    office.post(f"/joint/tasks/{made.pk}/closing/")
    office.post(f"/joint/tasks/{JointTask.objects.exclude(pk=made.pk).get().pk}/dropping/")
    assert set(JointTask.objects.values_list("state", flat=True)) == {"closed", "dropped"}
