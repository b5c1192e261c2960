"""Signing in: it lets in, it refuses, it locks, it writes down."""

import re

import pytest
from axes.models import AccessAttempt
from django.test import Client

from bihuan.org.models import Account, BrowserSession
from bihuan.record.models import Event

from .world import PASSWORD


def _post(client, username="liaison", password=PASSWORD, **more):
    return client.post("/signin/", {"username": username, "password": password, **more})


def _kinds(world, word="liaison"):
    stream = f"account:{world.accounts[word].pk}"
    return list(Event.objects.filter(stream=stream).order_by("seq").values_list("kind", flat=True))


def test_it_lets_in_and_writes_it_down(world, client):
    assert _post(client, next="/org/").headers["Location"] == "/org/"
    assert _kinds(world) == ["account.opened", "account.signed_in"]
    event = Event.objects.get(kind="account.signed_in")
    assert event.by_id == world.person("liaison").pk and event.data == {}


@pytest.mark.parametrize(
    "where", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", "", "/signin/"]
)
def test_it_never_leads_out_of_the_house(world, client, where):
    assert _post(client, next=where).headers["Location"] == "/"


def test_a_wrong_password_says_the_same_as_a_wrong_name(world, client):
    wrong = _post(client, password="falsch-2025-Aa").content.decode()
    unknown = _post(client, username="nobody").content.decode()
    assert "登录名或密码不对" in wrong and "登录名或密码不对" in unknown
    assert _kinds(world)[-1] == "account.sign_in_failed"


def test_five_failures_lock_the_name_and_say_how_long(world, client):
    for _ in range(5):
        answer = _post(client, password="falsch-2025-Aa")
    assert answer.status_code == 429
    text = answer.content.decode()
    assert "连续输错 5 次" in text and "15 分钟后再试" in text
    assert _post(client).status_code == 429, "the right password does not open a locked name"
    assert "account.locked" in _kinds(world)
    assert _post(Client(), username="outsider").status_code == 302, "others are not locked with it"


def test_another_spelling_of_the_name_is_no_fresh_start(world, client):
    for name in ("liaison", "LIAISON", "Liaison", " ｌｉａｉｓｏｎ ", "liaisoN"):
        answer = _post(client, username=name, password="falsch-2025-Aa")
    assert answer.status_code == 429, "a directory takes all of them for one person"
    assert _post(client).status_code == 429


def test_a_wrong_try_keeps_nothing_that_was_typed(world, client):
    _post(client, password="falsch-2025-Aa", code="123456", next="/problems/XC-RZ-202509-001/")
    kept = str(AccessAttempt.objects.values().get())
    assert not any(word in kept for word in ("falsch", "123456", "202509"))


def test_a_closed_account_and_one_who_left_stay_outside(world, client):
    Account.objects.filter(username="liaison").update(is_active=False)
    assert "登录名或密码不对" in _post(client).content.decode()
    person = world.person("unit_head")
    type(person).objects.filter(pk=person.pk).update(left_on=world.day)
    assert "登录名或密码不对" in _post(client, username="unit_head").content.decode()


def test_the_first_password_must_be_changed(world, client):
    Account.objects.filter(username="liaison").update(must_change=True)
    assert _post(client, next="/org/").headers["Location"] == "/password/"
    assert client.get("/start/steps/").headers["Location"] == "/password/"
    moved = client.get("/start/steps/", headers={"HX-Request": "true"})
    assert moved.headers["HX-Redirect"] == "/password/"
    page = client.get("/password/").content.decode()
    assert "先换一个自己的密码" in page and "至少 10 位" in page
    refused = client.post("/password/", {"old": PASSWORD, "new": "kurz", "again": "kurz"})
    assert "密码只有 4 位" in refused.content.decode()
    good = "Xin-mima-2026"
    assert client.post("/password/", {"old": PASSWORD, "new": good, "again": good}).headers["Location"] == "/"
    assert client.get("/start/steps/").status_code == 200, "the session outlives the change"


def test_a_copied_database_has_no_session_that_is_open(world, client):
    _post(client)
    key, kept = client.cookies["sessionid"].value, BrowserSession.objects.get().session_key
    assert key != kept and client.get("/org/").status_code == 200
    thief = Client()
    thief.cookies["sessionid"] = kept
    assert thief.get("/org/").status_code == 302
    client.post("/signout/")
    assert not BrowserSession.objects.exists() and client.get("/org/").status_code == 302


def test_signing_out_needs_a_post(world, signed_in):
    client = signed_in("liaison")
    assert client.get("/signout/").status_code == 405
    assert client.post("/signout/").headers["Location"] == "/signin/"
    assert client.get("/start/steps/").headers["Location"].startswith("/signin/")
    assert _kinds(world)[-1] == "account.signed_out"


def test_demo_roles_are_a_matter_of_the_demo_only(world, client, settings):
    account = world.accounts["safety_officer"].pk
    settings.DEMO = False
    assert "点一个岗位" not in client.get("/signin/").content.decode()
    assert client.post("/signin/as/", {"account": account}).status_code == 404
    settings.DEMO = True
    page = client.get("/signin/").content.decode()
    assert "点一个岗位" in page and "侯振华" in page and "安全监督员" in page
    assert client.post("/signin/as/", {"account": account}).headers["Location"] == "/"
    assert client.get("/start/steps/").status_code == 200


def test_a_second_sign_in_remembers_the_one_before(world, client):
    _post(client)
    first = Account.objects.get(username="liaison").last_login
    _post(Client())
    assert Account.objects.get(username="liaison").seen_before == first


def test_the_session_is_renewed_by_the_minute_and_not_by_the_page(signed_in):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = signed_in("liaison")
    client.get("/org/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/org/")
    assert not [q for q in queries.captured_queries if q["sql"].startswith(("UPDATE", "INSERT"))]
    before = BrowserSession.objects.get().expire_date
    session = client.session
    session["seen"] -= 61
    session.save()
    client.get("/org/")
    assert BrowserSession.objects.get().expire_date > before


def test_a_name_nobody_has_meets_the_same_at_every_step(world):
    """Status, sentence and the lock itself: who has an account is learned nowhere."""
    said = {}
    for name in ("liaison", "nobody-at-all"):
        answers = [_post(Client(), username=name, password="falsch-2025-Aa") for _ in range(6)]
        said[name] = [
            (answer.status_code, re.findall(r"登录名或密码不对|连续输错 5 次", answer.content.decode()))
            for answer in answers
        ]
    assert said["liaison"] == said["nobody-at-all"]
    assert said["liaison"][0][1] and said["liaison"][-1][0] == 429


def test_every_page_has_the_way_out(world, signed_in):
    client = signed_in("liaison")
    for url in ("/", "/org/", "/me/", "/problems/"):
        assert "data-signout" in client.get(url).content.decode(), url
