"""The pages of a stay, as the team, the office, the leading group and others meet them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.areas.onsite.models import Consent, Draft, Talk
from bihuan.org.actions.open_account import open_account
from bihuan.org.tests.world import PASSWORD
from bihuan.record.models import Event

from .story import DRAFT, SAID, SECRET, Onsite

pytestmark = pytest.mark.django_db
OUTSIDE = ("unit_head", "secretary", "outsider", "system_admin", "department", "discipline")


@pytest.fixture
def browser(onsite: Onsite, signed_in):
    """`browser(word)`: signed in as one of those around the team."""

    def enter(word: str):
        if word in onsite.around and word not in onsite.world.accounts:
            onsite.world.accounts[word], _ = open_account(
                person=onsite.world.person(word), username=word, password=PASSWORD, must_change=False,
                by=onsite.world.actor("system_admin"), at=onsite.at,
            )  # fmt: skip
        return signed_in(word)

    return enter


def test_a_draft_from_nothing_to_its_signature_by_the_forms(onsite, browser):
    member, deputy, leader = browser("member"), browser("deputy"), browser("team_leader")
    sheet = {
        **{key: DRAFT[key] for key in ("title", "fact", "process", "basis", "nature")}, "focus": onsite.focus.pk,
        "evidence-TOTAL_FORMS": 3, "evidence-INITIAL_FORMS": 0, "evidence-0-name": "凭证", "evidence-0-kind": "voucher",
        "parties-TOTAL_FORMS": 2, "parties-INITIAL_FORMS": 0, "parties-0-who": "热轧厂", "parties-0-kind": "main",
    }  # fmt: skip
    bad = member.post(f"/onsite/{onsite.task.pk}/drafts/new/", {**sheet, "title": ""})
    assert bad.status_code == 400 and DRAFT["fact"] in bad.content.decode()
    member.post(f"/onsite/{onsite.task.pk}/drafts/new/", sheet)
    at = f"/onsite/drafts/{Draft.objects.get().pk}/"
    member.post(f"{at}hand-in/")
    assert deputy.get("/").status_code == 200
    deputy.post(f"{at}review/")
    leader.post(f"{at}discussion/", {"on": "2025-09-15", "opinion": "同意"})
    leader.post(f"{at}signature/")
    assert Draft.objects.get().state == "signed"
    page = browser("inspection_officer").get(at).content.decode()
    assert SECRET in page and "不能再改" in page and "b-watermark" in page
    assert member.post(f"{at}words/", sheet).status_code == 403


def test_a_talk_by_the_form_and_the_office_sees_that_it_was(onsite, browser):
    person = onsite.world.person
    said = {**SAID, "on": "2025-09-15", "lead": person("member").pk, "second": person("deputy").pk}
    browser("member").post(f"/onsite/{onsite.task.pk}/talks/new/", said)
    talk = Talk.objects.get()
    at = f"/onsite/talks/{talk.pk}/"
    assert SECRET in browser("team_leader").get(at).content.decode()
    office = browser("inspection_officer")
    assert "谈话001" in office.get(f"/onsite/{onsite.task.pk}/talks/").content.decode()
    page = office.get(at).content.decode()
    assert SECRET not in page and "归档以后由巡察办保管" in page
    leading = browser("leading")
    assert "申请调阅" in leading.get(at).content.decode()
    leading.post(f"/onsite/talk/{talk.pk}/consent/", {"reason": "研究"})
    consent = Consent.objects.get()
    desk = browser("team_leader").get("/?tab=other").content.decode()
    assert SECRET not in desk
    browser("team_leader").post(f"/onsite/consents/{consent.pk}/", {"verdict": "yes", "until": ""})
    assert SECRET in leading.get(at).content.decode()


@pytest.mark.parametrize("word", OUTSIDE)
def test_there_is_nothing_for_others(onsite, browser, word):
    talk, draft, pk = onsite.talk(), onsite.draft("signed"), onsite.task.pk
    client = browser(word)
    for path in ("", f"{pk}/", f"{pk}/talks/", f"{pk}/drafts/", f"talks/{talk.pk}/", f"drafts/{draft.pk}/"):
        assert client.get(f"/onsite/{path}").status_code == 404, path


def test_a_list_of_titles_is_one_event_and_few_queries(onsite, browser):
    onsite.draft("signed")
    onsite.draft()
    client = browser("member")
    address = f"/onsite/{onsite.task.pk}/drafts/"
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for _ in range(3):
        onsite.draft()
    before = Event.objects.filter(kind="onsite.read").count()
    with CaptureQueriesContext(connection) as four:
        client.get(address)
    assert Event.objects.filter(kind="onsite.read").count() == before + 1
    assert len(four) == len(one)
