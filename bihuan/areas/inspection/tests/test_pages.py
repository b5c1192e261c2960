"""The pages of inspection, as the office, a leader and others meet them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.areas.inspection.actions.change_scope import change_scope
from bihuan.areas.inspection.actions.give_task import give_task
from bihuan.areas.inspection.actions.keep_talent import keep_talent
from bihuan.areas.inspection.actions.open_term import open_term
from bihuan.areas.inspection.models import Finding, Framework, Round, Task, Term, YearPlan
from bihuan.problems.models import Problem
from bihuan.problems.tests.story import raised

from .story import MEETING, Story

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(world) -> Story:
    return Story(world)


def test_an_office_that_begins_is_told_where(story, signed_in):
    page = signed_in("inspection_officer").get("/inspection/").content.decode()
    assert "还没有五年规划" in page and "/inspection/terms/new/" in page


def test_a_year_from_nothing_to_its_round_by_the_forms(story, signed_in):
    office, lead, world = signed_in("inspection_officer"), signed_in("leader"), story.world
    said = {"title": "2025—2029年巡察工作规划", "first_year": 2025, "last_year": 2029}
    office.post("/inspection/terms/new/", {**said, "orgs": [world.party["mill"].pk]})
    term = Term.objects.get()
    meeting = {"on": "2025-09-15", "document": MEETING}
    lead.post(f"/inspection/terms/{term.pk}/approval/", meeting)
    office.post(f"/inspection/terms/{term.pk}/years/new/", {"year": 2025})
    office.post("/inspection/frameworks/new/", {"title": "四个落实", "items": "一\n二\n"})
    days = {"starts_on": "2025-09-15", "ends_on": "2025-11-30"}
    office.post("/inspection/years/2025/rounds/new/", {"name": "第一轮", "code": "R1", **days})
    task = {
        "org": world.party["mill"].pk, "mode": "regular", "framework": Framework.objects.get().pk,
        "entry": "simultaneous", "from_day": "2025-09-15", "to_day": "2025-10-15",
    }  # fmt: skip
    office.post("/inspection/rounds/R1/tasks/new/", task)
    for step in ("years/2025/review/", "years/2025/approval/", "rounds/R1/approval/"):
        lead.post(f"/inspection/{step}", meeting)
    assert YearPlan.objects.get().state == Round.objects.get().state == "approved"
    found = Task.objects.select_related("round__rule_pack", "round__plan").get()
    story.ready(found)
    office.post(f"/inspection/tasks/{found.pk}/entry/", {"on": "2025-09-15"})
    one = raised(world, statement="护栏缺失")
    Problem.objects.filter(pk=one.pk).update(found_on="2025-09-16")
    assert one.number in office.get(f"/inspection/tasks/{found.pk}/problems/").content.decode()
    office.post(f"/inspection/tasks/{found.pk}/problems/", {"problems": [one.pk]})
    assert Finding.objects.get().problem == one
    office.post(f"/inspection/tasks/{found.pk}/leaving/", {"on": "2025-10-15"})
    assert Round.objects.get().state == "reporting"
    page = office.get("/inspection/").content.decode()
    assert "100.00%" in page and "已离场" in page


def test_a_refusal_stands_at_its_field_and_nothing_typed_is_lost(story, signed_in):
    story.round()
    days = {"starts_on": "2025-09-15", "ends_on": "2025-11-30"}
    answer = signed_in("inspection_officer").post(
        "/inspection/years/2025/rounds/new/", {"name": "第二轮巡察", "code": "r1", **days}
    )
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "代号 R1 用过了" in page and "换一个代号" in page and "第二轮巡察" in page


def test_a_grey_button_says_why(story, signed_in):
    story.task(story.round())
    page = signed_in("leader").get("/inspection/rounds/R1/").content.decode()
    assert "2025年度计划还没有批准" in page


def test_the_list_behind_the_coverage(story, signed_in):
    story.left(story.entered())
    office = signed_in("inspection_officer")
    whole = office.get("/inspection/coverage/").content.decode()
    assert "热轧厂党总支" in whole and "第一联合党支部" in whole
    left = office.get("/inspection/coverage/?inspected=no").content.decode()
    assert "第一联合党支部" in left and "热轧厂党总支</" not in left.split("<tbody")[1]


@pytest.mark.parametrize("word", ["safety_officer", "unit_head", "worker_a", "outsider", "system_admin"])
def test_for_others_there_is_nothing(story, signed_in, word):
    story.entered()
    client = signed_in(word)
    for url in ("/inspection/", "/inspection/coverage/", "/inspection/rounds/R1/", "/inspection/frameworks/"):
        assert client.get(url).status_code == 404
    assert "/inspection/" not in client.get("/notices/").content.decode()


def test_the_round_page_asks_the_same_for_more_tasks(story, signed_in):
    found = story.round()
    give_task(task=story.task(found), team=story.team(found, "leader"), by=story.office, at=story.at)
    office = signed_in("inspection_officer")
    office.get("/inspection/rounds/R1/")
    with CaptureQueriesContext(connection) as few:
        assert office.get("/inspection/rounds/R1/").status_code == 200
    story.task(found, mode="special")
    story.task(found, "joint")
    for people in (("safety_officer", "second_officer"), ("duty_officer", "rules_keeper")):
        story.own(story.team(found, *people))
    with CaptureQueriesContext(connection) as many:
        office.get("/inspection/rounds/R1/")
    assert len(many) <= len(few) <= 27


@pytest.mark.parametrize(
    ("url", "most"),
    [
        ("/inspection/", 18),
        ("/inspection/coverage/", 18),
        ("/inspection/frameworks/", 12),
        ("/inspection/talents/", 18),
    ],
)
def test_the_lists_ask_the_same_for_more_rows(story, signed_in, url, most):
    term = open_term(
        title="规划", first_year=2025, last_year=2029, orgs=[story.world.party["mill"]], by=story.office,
        at=story.at,
    )  # fmt: skip
    story.task(story.round())
    keep_talent(person=story.world.person("duty_officer"), skills="", by=story.office, at=story.at)
    office = signed_in("inspection_officer")
    office.get(url)
    with CaptureQueriesContext(connection) as few:
        assert office.get(url).status_code == 200
    change_scope(term=term, orgs=story.world.party.values(), why="", by=story.office, at=story.at)
    for word in ("safety_officer", "second_officer"):
        keep_talent(person=story.world.person(word), skills="", by=story.office, at=story.at)
    for code in ("R2", "R3"):
        story.task(story.round(code), "joint", "special")
    with CaptureQueriesContext(connection) as many:
        office.get(url)
    assert len(many) == len(few) <= most
