"""Consultation, mobilisation, mobilisation at the entry."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from bihuan.areas.inspection.actions.authorise_team import authorise_team
from bihuan.areas.inspection.actions.enter import enter
from bihuan.areas.inspection.actions.give_task import give_task
from bihuan.areas.inspection.actions.hold_consultation import hold_consultation
from bihuan.areas.inspection.actions.hold_entry_meeting import hold_entry_meeting
from bihuan.areas.inspection.actions.mobilise import mobilise
from bihuan.areas.inspection.actions.open_consultation import open_consultation
from bihuan.areas.inspection.models import Consultation, EntryMeeting, Member, Mobilisation, Round, Task
from bihuan.areas.inspection.policies import entry_verdict, gates_of
from bihuan.areas.inspection.reads import ready_of
from bihuan.kernel.refused import Missing, Refused, Stale
from bihuan.record.models import Event

from .before import asked, decided, speaks, told
from .story import Story

pytestmark = pytest.mark.django_db
AGREED = "重点看物资采购，审计派一人配合"


@pytest.fixture
def story(world) -> Story:
    return Story(world)


@pytest.fixture
def task(story) -> Task:
    return decided(story)


def people(story: Story, *words: str):
    return [story.world.person(word) for word in words]


def consulted(story: Story, task: Task | None, found: Round, **more) -> Consultation:
    said = {
        "held_on": story.day, "agreed": AGREED, "present": people(story, "inspection_officer", "safety_officer"),
        "by": story.office, "at": story.at, **more,
    }  # fmt: skip
    return hold_consultation(round=found, task=task, **said)


def authorised(story: Story, task: Task):
    team = story.team(task.round)
    give_task(task=task, team=team, by=story.office, at=story.at)
    story.own(team)
    authorise_team(team=team, document="1 号", by=story.lead, at=story.at)
    return team


def gate(story: Story, task: Task):
    gates = gates_of(ready_of(task.round, [task], story.office)[task.pk])
    return next(one for one in gates if one.code == "mobilised"), gates


def test_a_consultation_is_for_the_office_and_the_team_of_its_task(story, task):
    speaks(story, "duty_officer", "safety_dept")
    one = asked(story, task)
    told(story, one, "duty_officer")
    made = consulted(story, task, task.round, considered=[one])
    whole = consulted(story, None, task.round)
    team = authorised(story, task)
    other = story.team(task.round, "rules_keeper", "audit_admin")
    Member.objects.filter(team=other).update(authorised_at=story.at, authorised_by=story.lead.person_id)

    def seen(word: str) -> set[int]:
        return set(Consultation.objects.visible_to(story.world.actor(word)).values_list("pk", flat=True))

    assert seen("inspection_officer") == seen("second_officer") == {made.pk, whole.pk}
    assert seen("rules_keeper") == {whole.pk}, "another team of the round: what concerns all"
    for word in ("duty_officer", "leader", "unit_head", "outsider"):
        assert seen(word) == set(), word
    assert open_consultation(consultation=made, by=story.world.actor("second_officer"), at=story.at) == AGREED
    with pytest.raises(Missing):
        open_consultation(consultation=made, by=story.world.actor("duty_officer"), at=story.at)
    assert Event.objects.filter(kind="inspection.consultation_opened", stream=made.stream).count() == 1
    Round.objects.update(state="reporting")
    assert seen("second_officer") == set() and team.pk
    with connection.cursor() as cursor:
        for table in ("inspection_consultation", "record_event"):
            cursor.execute(f"SELECT * FROM {table}")
            assert AGREED not in str(cursor.fetchall())


@pytest.mark.parametrize(
    ("how", "reason"),
    [
        ({"held_on": "later"}, "今天以后"),
        ({"present": []}, "不到两人"),
        ({"agreed": " "}, "要写议定的事项"),
        ({"by": "safety_officer"}, "巡察办编"),
    ],
)
def test_a_consultation_that_cannot_be(story, task, how, reason):
    if "held_on" in how:
        how = {"held_on": story.day + timedelta(days=1)}
    if "by" in how:
        how = {"by": story.world.actor(how["by"])}
    with pytest.raises(Refused, match=reason):
        consulted(story, task, task.round, **how)


def test_only_briefings_of_the_task_are_considered(story, task):
    other = story.round("R2")
    special = story.task(other, mode="special")
    story.decide(other)
    special.round = other
    foreign = asked(story, special)
    with pytest.raises(Refused, match="不是这项任务的"):
        consulted(story, task, task.round, considered=[foreign])


def mobilised(story: Story, found: Round, *teams, **more) -> Mobilisation:
    said = {
        "held_on": story.day, "place": "三楼会议室", "present": people(story, "leader", "inspection_officer"),
        "collected": [], "by": story.office, "at": story.at, **more,
    }  # fmt: skip
    return mobilise(round=found, announced=teams, **said)


def test_an_authorisation_is_announced_at_the_mobilisation(story, task):
    team = story.team(task.round)
    give_task(task=task, team=team, by=story.office, at=story.at)
    story.own(team)
    with pytest.raises(Refused, match="还有人没有授权"):
        mobilised(story, task.round, team)
    authorise_team(team=team, document="1 号", by=story.lead, at=story.at)
    with pytest.raises(Refused, match="授权在会后"):
        mobilised(story, task.round, team, held_on=story.day - timedelta(days=1))
    assert not gate(story, task)[0].ok
    made = mobilised(story, task.round, team, collected=list(team.members.all()))
    found, gates = gate(story, task)
    assert found.ok and not found.blocks and "2025年9月15日宣布授权任职" in found.text
    assert made.collected.count() == 2
    event = Event.objects.get(kind="inspection.mobilised")
    assert event.data["teams"] == [1] and event.data["number_collected"] == 2
    assert "动员部署" not in entry_verdict(gates).reason


def test_a_team_not_announced_may_enter_all_the_same(story, task):
    """The field holds the meeting and says nowhere that it shuts the door."""
    story.ready(task)
    assert enter(task=task, on=story.day, by=story.office, at=story.at).entered_on == story.day


@pytest.mark.parametrize(
    ("how", "reason"), [({"place": " "}, "地点"), ({"present": []}, "到会"), ({"held_on": 1}, "今天以后")]
)
def test_a_mobilisation_that_cannot_be(story, task, how, reason):
    if "held_on" in how:
        how = {"held_on": story.day + timedelta(days=1)}
    with pytest.raises(Refused, match=reason):
        mobilised(story, task.round, **how)


def met(story: Story, task: Task, **more) -> EntryMeeting:
    said = {
        "held_on": story.day, "place": "厂部", "secretary": story.world.person("secretary"),
        "spoke": people(story, "safety_officer", "unit_head"), "by": story.office, "at": story.at, **more,
    }  # fmt: skip
    return hold_entry_meeting(task=task, **said)


def test_the_mobilisation_at_the_entry_is_written_down_once(story):
    task = story.entered()
    made = met(story, task)
    assert (made.secretary.name, made.spoke.count()) == ("薛俊杰", 2)
    with pytest.raises(Stale, match="已经记过"):
        met(story, task)
    assert Event.objects.filter(kind="inspection.entry_meeting").count() == 1


@pytest.mark.parametrize(
    ("how", "reason"),
    [
        ({"secretary": "outsider"}, "不在热轧厂党总支所属的单位"),
        ({"spoke": []}, "讲话的人"),
        ({"held_on": -1}, "不在进驻期间"),
        ({"by": "unit_head"}, "巡察办编"),
    ],
)
def test_a_meeting_at_the_entry_that_cannot_be(story, how, reason):
    task = story.entered()
    if "secretary" in how:
        how = {"secretary": story.world.person(how["secretary"])}
    if "held_on" in how:
        how = {"held_on": story.day - timedelta(days=1)}
    if "by" in how:
        how = {"by": story.world.actor(how["by"])}
    with pytest.raises(Refused, match=reason):
        met(story, task, **how)


def test_not_before_the_entry(story, task):
    with pytest.raises(Refused, match="还没有进驻"):
        met(story, task)


def test_by_the_forms(story, task, signed_in):
    office = signed_in("inspection_officer")
    team = authorised(story, task)
    own = [member.person_id for member in team.members.all()]
    sent = {
        "held_on": "2025-09-15", "place": "三楼", "announced": [team.pk], "members": own, "collected": own[:1],
        "guests": "贺长风、2101",
    }  # fmt: skip
    office.post("/inspection/rounds/R1/mobilisations/new/", sent)
    assert Mobilisation.objects.get().present.count() == 4
    wrong = office.post("/inspection/rounds/R1/mobilisations/new/", {**sent, "guests": "查无此人"})
    assert "没有找到“查无此人”" in wrong.content.decode()
    talked = {"held_on": "2025-09-15", "present": "高文静 侯振华", "agreed": AGREED, "task": task.pk}
    office.post("/inspection/rounds/R1/consultations/new/", talked)
    one = Consultation.objects.get()
    page = office.get("/inspection/rounds/R1/preparation/").content.decode()
    assert (
        "到会 4 人" in page and ("高文静、侯振华" in page or "侯振华、高文静" in page) and AGREED not in page
    )
    assert AGREED in office.get(f"/inspection/consultations/{one.pk}/").content.decode()
    own_page = signed_in("safety_officer")
    assert f"/inspection/consultations/{one.pk}/" in own_page.get("/inspection/mine/").content.decode()
    assert AGREED in own_page.get(f"/inspection/consultations/{one.pk}/").content.decode()
    assert signed_in("leader").get(f"/inspection/consultations/{one.pk}/").status_code == 404
    Task.objects.update(entered_on=story.day)
    sent = {"held_on": "2025-09-15", "place": "厂部", "secretary": "薛俊杰", "spoke": "侯振华"}
    office.post(f"/inspection/tasks/{task.pk}/entry-meeting/", sent)
    assert "薛俊杰表态，侯振华讲话" in office.get("/inspection/rounds/R1/preparation/").content.decode()
