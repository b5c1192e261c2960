"""The rectification on its pages: the unit, the reviewers, the office, and who must see nothing of it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bihuan.areas.outcome.models import LifeMeeting, PlanReview, RectificationPlan, RectificationReport
from bihuan.kernel.moment import local_day
from bihuan.org.actions.open_account import open_account
from bihuan.org.tests.world import PASSWORD

from .closing_story import Closing

pytestmark = pytest.mark.django_db
#: staff numbers of the head and of the secretary
LEADERS = "3001\n3003"


@pytest.fixture
def closing(world) -> Closing:
    return Closing(world)


@pytest.fixture
def enter(closing: Closing, signed_in):
    def of(word: str):
        world = closing.world
        if word in closing.around and word not in world.accounts:
            world.accounts[word], _ = open_account(
                person=world.person(word), username=word, password=PASSWORD, must_change=False,
                by=world.actor("system_admin"), at=closing.at,
            )  # fmt: skip
        return signed_in(word)

    return of


def test_from_the_plan_to_the_reports_by_the_forms(closing, enter):
    head, liaison, office = enter("unit_head"), enter("liaison"), enter("inspection_officer")
    today = local_day(timezone.now()).isoformat()  # a page asks for today
    page = f"/outcome/feedbacks/{closing.given.pk}/rectification/"
    assert "编整改方案" in liaison.get(page).content.decode()
    liaison.post(
        f"/outcome/feedbacks/{closing.given.pk}/plan/",
        {"head": "3001", "leaders": LEADERS, "met_on": "2025-09-15"},
    )
    plan = RectificationPlan.objects.get()
    assert "没有措施" in liaison.get(page).content.decode()
    closing.measured()
    assert "没有发现" in head.get(page).content.decode()
    bad = head.post(f"/outcome/plans/{plan.pk}/submission/", {"sent": "1"})
    assert bad.status_code == 400 and "没有签字背书" in bad.content.decode()
    head.post(f"/outcome/plans/{plan.pk}/submission/", {"pledge": "on"})
    item = closing.given.items.filter(kind="problem").order_by("order").first()
    for word, body in (
        ("discipline", "discipline"),
        ("personnel", "personnel"),
        ("inspection_officer", "office"),
    ):
        review = PlanReview.objects.get(body=body)
        said = {"verdict": "passed", f"c{item.pk}": f"{body}：写明追责"}
        assert enter(word).post(f"/outcome/plan-reviews/{review.pk}/", said).status_code == 302
    assert "discipline：写明追责" not in head.get(page).content.decode()
    assert "discipline：写明追责" not in enter("personnel").get(page).content.decode()
    assert "discipline：写明追责" in office.get(page).content.decode()
    office.post(f"/outcome/plans/{plan.pk}/merging/", {"result": "agreed"})
    liaison.post(f"/outcome/plans/{plan.pk}/start/", {"on": today, "document": "热轧党发〔2025〕5 号"})
    plan.refresh_from_db()
    assert plan.state == "in_force"
    meeting = {"on": "2025-09-15", "chair": "3001", "present": 7, "note": "对照反馈查摆"}
    liaison.post(f"/outcome/feedbacks/{closing.given.pk}/life-meeting/", meeting)
    assert LifeMeeting.objects.get().present == 7
    closing.closed(closing.problems[0])
    new = f"/outcome/feedbacks/{closing.given.pk}/rectification-reports/new/"
    said = {"stage": "progress", "kind": "head", "text": "我组织了三次推进会"}
    assert "由主要负责人本人报送" in liaison.post(new, said).content.decode()
    head.post(new, said)
    report = RectificationReport.objects.get()
    assert (report.total, report.done, report.basically, report.rest) == (2, 1, 0, 1)
    at = f"/outcome/rectification-reports/{report.pk}/"
    assert "阅处" in office.get(at).content.decode()
    office.post(f"{at}receipt/", {"on": today})
    enter("discipline").post(f"{at}reading/", {"body": "discipline", "note": "继续跟踪"})
    assert "继续跟踪" in office.get(at).content.decode()
    for shown in ("problems", "tasks", "duties"):
        assert liaison.get(f"{page}?list={shown}").status_code == 200


def test_who_sees_the_rectification_of_an_organisation(closing, enter):
    page = f"/outcome/feedbacks/{closing.given.pk}/rectification/"
    readers = ("unit_head", "liaison", "inspection_officer", "discipline", "personnel", "leading", "member")
    others = ("outsider", "secretary", "worker_a", "system_admin", "department", "leader")
    seen = {word: enter(word).get(page).status_code for word in (*readers, *others)}
    assert seen == dict.fromkeys(readers, 200) | {word: 404 for word in others if word != "leader"} | {
        "leader": 200
    }
    page = enter("unit_head").get("/outcome/rectification/").content.decode()
    assert closing.task.org.shown in page
    assert closing.task.org.shown not in enter("outsider").get("/outcome/rectification/").content.decode()


def test_the_page_asks_the_same_however_many_problems(closing, enter):
    closing.plan("in_force")
    office = enter("inspection_officer")
    page = f"/outcome/feedbacks/{closing.given.pk}/rectification/"
    office.get(page)
    with CaptureQueriesContext(connection) as few:
        office.get(page)
    assert len(few) <= 55, "\n".join(one["sql"][:120] for one in few)
    with CaptureQueriesContext(connection) as listed:
        office.get("/outcome/rectification/")
    assert len(listed) <= 25
