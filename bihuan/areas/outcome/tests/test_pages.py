"""The pages of reports and feedback, as the team, the office, the inspected and others meet them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.areas.outcome.actions.raise_items import raise_items
from bihuan.org.actions.open_account import open_account
from bihuan.org.tests.world import PASSWORD
from bihuan.problems.models import Problem

from .story import OFFICE, SECRET, Outcome

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(outcome: Outcome, signed_in):
    """`browser(word)`: signed in as one of those around the team."""

    def enter(word: str):
        if word in outcome.around and word not in outcome.world.accounts:
            outcome.world.accounts[word], _ = open_account(
                person=outcome.world.person(word), username=word, password=PASSWORD, must_change=False,
                by=outcome.world.actor("system_admin"), at=outcome.at,
            )  # fmt: skip
        return signed_in(word)

    return enter


def test_the_report_page_and_its_queries(outcome, browser):
    report = outcome.report("team")
    page = browser("team_leader").get(f"/outcome/reports/{report.pk}/").content.decode()
    assert SECRET in page and "记组务会通过" in page and "b-watermark" in page
    office = browser("inspection_officer")
    page = office.get(f"/outcome/reports/{report.pk}/").content.decode()
    assert SECRET not in page and "组务会通过以前只有巡察组看" in page
    outcome.step(report, "office")
    assert SECRET in office.get(f"/outcome/reports/{report.pk}/").content.decode()
    assert SECRET not in office.get("/").content.decode()
    with CaptureQueriesContext(connection) as asked:
        home = office.get("/outcome/").content.decode()
    assert "待巡察办审核" in home and SECRET not in home and len(asked) <= 22


def test_the_inspected_see_their_feedback_the_clock_and_their_problems(outcome, browser):
    feedback = outcome.feedback("told")
    head = browser("unit_head")
    page = f"/outcome/feedbacks/{feedback.pk}/"
    assert head.get(page).status_code == 404
    outcome.give(feedback)
    assert SECRET in head.get(page).content.decode()
    assert head.post(f"{page}receipt/", {"on": "2025-09-15"}).status_code == 302
    feedback.refresh_from_db()
    raise_items(feedback=feedback, **outcome.as_(OFFICE))
    mine = head.get("/outcome/mine/").content.decode()
    assert Problem.objects.get().number in mine and "2026年3月15日" in mine
    assert "《中国共产党巡视工作条例》(2024)" in mine and "底稿" not in mine
    for url in (f"/outcome/reports/{feedback.report_id}/", f"/outcome/{outcome.task.pk}/", "/outcome/"):
        assert head.get(url).status_code == 404
    assert head.post(f"{page}raising/").status_code in (400, 403)


@pytest.mark.parametrize("word", ["worker_a", "outsider", "system_admin", "registrar", "safety_officer"])
def test_there_is_nothing_for_others(outcome, browser, word):
    feedback, client = outcome.feedback("given"), browser(word)
    for path in (f"{outcome.task.pk}/", f"reports/{feedback.report_id}/", f"feedbacks/{feedback.pk}/", ""):
        assert client.get(f"/outcome/{path}").status_code == 404, path
