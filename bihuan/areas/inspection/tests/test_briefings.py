"""情况通报: asked of departments, told sealed, each sees its own alone."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.areas.inspection.actions.authorise_team import authorise_team
from bihuan.areas.inspection.actions.give_task import give_task
from bihuan.areas.inspection.actions.open_briefing import open_briefing, open_briefing_file
from bihuan.areas.inspection.actions.remove_member import remove_member
from bihuan.areas.inspection.actions.return_briefing import return_briefing
from bihuan.areas.inspection.models import Answer, Briefing, Member, Round, Task
from bihuan.areas.inspection.policies import gates_of
from bihuan.areas.inspection.reads import ready_of
from bihuan.areas.inspection.reads.asking import items_for, usual_items
from bihuan.areas.inspection.reads.desk import desk_lines, desk_rows
from bihuan.areas.inspection.reads.desk_plan import plan_lines
from bihuan.kernel.refused import Missing, Refused, Stale
from bihuan.org.models import PartyLink, Unit
from bihuan.record.closed import reseal
from bihuan.record.models import Event

from .before import SECRET, asked, decided, speaks, told
from .story import Story

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(world, settings, tmp_path) -> Story:
    settings.FILES_ROOT = tmp_path
    made = Story(world)
    speaks(made, "safety_officer", "safety_dept")
    speaks(made, "rules_keeper", "inspection_dept")
    return made


@pytest.fixture
def task(story) -> Task:
    return decided(story)


def visible(story: Story, word: str) -> set[str]:
    rows = Briefing.objects.visible_to(story.world.actor(word)).select_related("unit")
    return {row.unit.code for row in rows}


def test_asked_told_returned_and_told_again(story, task):
    one = asked(story, task)
    told(story, one, files=[(BytesIO("合同清单".encode()), "清单.txt")])
    assert one.state == "answered" and Answer.objects.get().days_late == 0
    later = story.at + timedelta(days=5)
    return_briefing(
        briefing=one, reason="请补件数", due_on=story.day + timedelta(days=5), by=story.office, at=later
    )
    told(story, one, texts=[f"{SECRET}，补充三件", "无"], at=later + timedelta(days=2))
    first, again = Answer.objects.order_by("turn")
    assert (first.turn, again.turn, again.days_late) == (1, 2, 2) and first.returned_by_id
    newest, oldest = open_briefing(briefing=one, by=story.office, at=later)
    assert newest.pairs[0] == ("重大隐患", f"{SECRET}，补充三件") and newest.reason == ""
    assert oldest.reason == "请补件数" and oldest.files == [(1, "清单.txt")]
    content = open_briefing_file(answer=first, order=1, by=story.office, at=later)
    assert content.data == "合同清单".encode()
    kinds = [event.kind.removeprefix("inspection.briefing_") for event in
             Event.objects.filter(stream=one.stream).order_by("seq")]  # fmt: skip
    assert kinds == ["asked", "answered", "returned", "answered", "opened", "opened"]


def test_the_words_stand_nowhere_in_the_clear(story, task):
    one = asked(story, task)
    told(story, one, files=[(BytesIO(SECRET.encode()), "六份合同.txt")])
    return_briefing(briefing=one, reason="六份合同的编号", due_on=story.day, by=story.office, at=story.at)
    with connection.cursor() as cursor:
        for table in ("inspection_answer", "inspection_briefing", "record_event", "record_closedfile"):
            cursor.execute(f"SELECT * FROM {table}")
            assert "六份合同" not in str(cursor.fetchall())
    assert reseal(Answer) == 0, "closed with the newest key already"


def test_each_department_sees_its_own_alone(story, task):
    one, other = asked(story, task), asked(story, task, "inspection_dept")
    assert visible(story, "safety_officer") == {"AQ"} and visible(story, "rules_keeper") == {"XCB"}
    assert visible(story, "inspection_officer") == {"AQ", "XCB"}
    for word in (
        "second_officer",
        "unit_head",
        "secretary",
        "outsider",
        "leader",
        "system_admin",
        "audit_admin",
    ):
        assert visible(story, word) == set(), word
    told(story, other, "rules_keeper")
    with pytest.raises(Missing):
        open_briefing(briefing=other, by=story.world.actor("safety_officer"), at=story.at)
    with pytest.raises(Missing):
        open_briefing_file(answer=other.answers.get(), order=1, by=story.world.actor("leader"), at=story.at)
    with pytest.raises(Refused, match="由被请的部门报"):
        told(story, one, "rules_keeper")
    assert not Event.objects.filter(kind="inspection.briefing_opened").exists()


def test_bodies_of_discipline_and_personnel_speak_for_the_department_they_sit_in(story, task):
    asked(story, task)
    speaks(story, "second_officer", "group", "discipline_officer")
    speaks(story, "outsider", "group", "personnel_officer")
    assert visible(story, "second_officer") == {"AQ"} and visible(story, "outsider") == set()


def test_nobody_of_the_inspected_organisation_whatever_right_they_have(story, task):
    asked(story, task)
    speaks(story, "unit_head", "group")
    assert visible(story, "unit_head") == set()
    speaks(story, "outsider", "group")
    assert visible(story, "outsider") == {"AQ"}, "the same right, from another mill"


def test_the_team_reads_from_its_authorisation_until_it_is_over_on_site(story, task):
    told(story, asked(story, task))
    team = story.team(task.round, "duty_officer", "second_officer")
    give_task(task=task, team=team, by=story.office, at=story.at)
    story.own(team)
    assert visible(story, "duty_officer") == set()
    authorise_team(team=team, document="1 号", by=story.lead, at=story.at)
    other = story.team(task.round, "audit_admin", "security_admin")
    Member.objects.filter(team=other).update(authorised_at=story.at, authorised_by=story.lead.person_id)
    assert visible(story, "duty_officer") == {"AQ"} and visible(story, "audit_admin") == set()
    member = Member.objects.select_related("round").get(person=story.world.person("second_officer"))
    remove_member(member=member, why="调动", by=story.office, at=story.at)
    assert visible(story, "second_officer") == set()
    for state, seen in (("onsite", {"AQ"}), ("reporting", set()), ("archived", set()), ("cancelled", set())):
        Round.objects.filter(pk=task.round_id).update(state=state)
        assert visible(story, "duty_officer") == seen, state


@pytest.mark.parametrize(
    ("how", "reason"),
    [
        ({"items": []}, "没有写请通报的条目"),
        ({"items": ["长" * 101]}, "太多或太长"),
        ({"due_on": "past"}, "今天以前"),
        ({"unit": "hot_mill"}, "不能请：热轧厂"),
        ({"by": "safety_officer"}, "计划和轮次由巡察办编"),
    ],
)
def test_what_cannot_be_asked(story, task, how, reason):
    if "due_on" in how:
        how = {"due_on": story.day - timedelta(days=1)}
    if "by" in how:
        story.office = story.world.actor(how["by"])
        how = {}
    with pytest.raises(Refused, match=reason):
        asked(story, task, **how)


def test_not_before_the_scheme_is_approved_and_not_twice(story):
    found = story.round()
    early = story.task(found)
    early.round = found
    with pytest.raises(Refused, match="本轮拟定中"):
        asked(story, early)
    story.decide(found)
    asked(story, early)
    with pytest.raises(Refused, match="不能请：安全部"):
        asked(story, early)


def test_a_department_is_not_asked_about_itself(story, task):
    PartyLink.objects.create(party_org=task.org, unit=story.world.unit("safety_dept"))
    with pytest.raises(Refused, match="不能请：安全部"):
        asked(story, task)


@pytest.mark.parametrize(
    ("texts", "reason"), [(["一", ""], "还有条目没有写"), (["一"], "不一样了"), (["长" * 5001, "无"], "超过")]
)
def test_an_answer_that_says_too_little_or_too_much(story, task, texts, reason):
    one = asked(story, task)
    with pytest.raises(Refused, match=reason):
        told(story, one, texts=texts)
    assert not Answer.objects.exists() and Briefing.objects.get().state == "asked"


def test_an_answer_stands_until_it_is_returned_and_ends_with_the_round(story, task):
    one = asked(story, task)
    with pytest.raises(Stale):
        return_briefing(briefing=one, reason="补", due_on=story.day, by=story.office, at=story.at)
    told(story, one)
    with pytest.raises(Stale):
        told(story, one)
    with pytest.raises(Refused, match="退回要写理由"):
        return_briefing(briefing=one, reason=" ", due_on=story.day, by=story.office, at=story.at)
    return_briefing(briefing=one, reason="补", due_on=story.day, by=story.office, at=story.at)
    one.task.round.state = "reporting"
    with pytest.raises(Refused, match="本轮已离场"):
        told(story, one)


def lines(story: Story, word: str) -> list[tuple[str, str]]:
    actor = story.world.actor(word)
    found = [(line.label, line.text) for line in desk_lines(actor, story.at)]
    assert len(found) == sum(rows.count() for rows in desk_rows(actor))
    for line in plan_lines(actor):
        found.remove((line.label, line.text))  # it has a test of its own
    return found


def test_on_whose_desk_it_stands(story, task):
    one = asked(story, task)
    owed = ("报情况", f"热轧厂党总支，{task.round}")
    assert lines(story, "safety_officer") == [owed] and lines(story, "inspection_officer") == []
    told(story, one)
    assert lines(story, "safety_officer") == []
    assert lines(story, "inspection_officer") == [("看情况通报", "安全部报来，关于热轧厂党总支")]
    open_briefing(briefing=one, by=story.office, at=story.at)
    assert lines(story, "inspection_officer") == []
    return_briefing(briefing=one, reason="补", due_on=story.day, by=story.office, at=story.at)
    assert lines(story, "safety_officer") == [("报情况", f"{owed[1]}，退回补充")]


def test_items_come_from_the_field_and_then_from_the_house(story, task):
    unit = story.world.unit("safety_dept")
    assert items_for([unit])[unit.pk] == usual_items(unit) and "重大隐患和整改情况" in usual_items(unit)
    assert "诉讼和纠纷情况" in usual_items(Unit(name="法务部"))
    assert "本部门掌握的主要情况" in usual_items(Unit(name="工会"))
    asked(story, task, items=["自己定的"])
    assert items_for([unit])[unit.pk] == ["自己定的"]


def test_the_gate_counts_and_does_not_block(story, task):
    def gate():
        gates = gates_of(ready_of(task.round, [task], story.office)[task.pk])
        return next(one for one in gates if one.code == "briefings")

    assert (gate().ok, gate().blocks, gate().text) == (False, False, "还没有请部门通报")
    one = asked(story, task)
    assert (gate().ok, gate().who) == (False, "被请的部门")
    told(story, one)
    assert gate().ok and gate().text == "请了 1 个部门，1 个已报"


def test_by_the_forms_from_the_question_to_the_second_answer(story, task, signed_in):
    office, department = signed_in("inspection_officer"), signed_in("safety_officer")
    unit = story.world.unit("safety_dept").pk
    url = f"/inspection/tasks/{task.pk}/briefings/new/"
    assert "重大隐患和整改情况" in office.get(url).content.decode()
    sent = {"due_on": "2099-09-15", f"ask-{unit}": "on", f"items-{unit}": "重大隐患\n事故处理"}
    office.post(url, sent)
    one = Briefing.objects.get()
    page = f"/inspection/briefings/{one.pk}/"
    assert "热轧厂党总支" in department.get("/inspection/briefings/").content.decode()
    assert "请我通报的" in department.get("/").content.decode()
    form = department.get(f"{page}answer/").content.decode()
    assert "不得录入国家秘密" in form and "data-draft" not in form.split("<form")[-1]
    short = department.post(f"{page}answer/", {"text-0": SECRET})
    assert short.status_code == 400 and SECRET in short.content.decode()
    upload = SimpleUploadedFile("清单.txt", "合同清单".encode(), "text/plain")
    department.post(f"{page}answer/", {"text-0": SECRET, "text-1": "无", "files": [upload]})
    shown = office.get(page)
    assert SECRET in shown.content.decode() and "清单.txt" in shown.content.decode()
    assert "no-store" in shown.headers["Cache-Control"]
    file = office.get(f"{page}answers/1/files/1/")
    assert file.content.decode() == "合同清单" and "attachment" in file.headers["Content-Disposition"]
    assert office.get(f"{page}answers/1/files/2/").status_code == 404
    office.post(f"{page}return/", {"reason": "补件数", "due_on": "2099-09-15"})
    assert "补件数" in department.get(f"{page}answer/").content.decode()
    assert "退回补充" in office.get("/inspection/rounds/R1/preparation/").content.decode()
    department.post(f"{page}answer/", {"text-0": f"{SECRET}三件", "text-1": "无"})
    assert Answer.objects.count() == 2
    assert department.get(f"{page}answer/").status_code == 403
    for word in ("leader", "unit_head", "outsider", "second_officer"):
        client = signed_in(word)
        assert client.get(page).status_code == client.get(f"{page}answers/1/files/1/").status_code == 404
    listed = signed_in("leader").get("/inspection/rounds/R1/preparation/").content.decode()
    assert SECRET not in listed and page not in listed


def test_the_list_asks_the_same_for_more_rows(story, task, signed_in):
    asked(story, task)
    speaks(story, "safety_officer", "inspection_dept")
    client = signed_in("safety_officer")
    client.get("/inspection/briefings/")
    with CaptureQueriesContext(connection) as few:
        assert client.get("/inspection/briefings/").status_code == 200
    asked(story, task, "inspection_dept")
    with CaptureQueriesContext(connection) as many:
        client.get("/inspection/briefings/")
    assert len(many) == len(few) <= 18
