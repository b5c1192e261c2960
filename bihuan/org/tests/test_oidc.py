"""Sign-in through a provider that runs on a socket: the round trip, and everything that must not let anybody in."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest
import requests
from django.utils import timezone

from bihuan.org.actions.confirm_totp import confirm_totp
from bihuan.org.actions.start_totp import start_totp
from bihuan.org.models import Account
from bihuan.record.models import Event

from .oidc_provider import CLIENT, SECRET, Lies, Provider


@pytest.fixture(scope="module")
def running():
    with Provider() as found:
        yield found


@pytest.fixture
def provider(running, world, settings):
    running.lies, running.staff_no = Lies(), world.person("liaison").staff_no
    settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID = running.url, CLIENT
    settings.OIDC_CLIENT_SECRET, settings.OIDC_CLAIM = SECRET, "staff"
    return running


def _there(client, next_url="/org/"):
    """To the provider and back, as a browser goes: returns the query the provider sent along."""
    away = client.get("/signin/oidc/", {"next": next_url})
    assert away.status_code == 302, away.content.decode()
    back = requests.get(away.headers["Location"], allow_redirects=False, timeout=5).headers["Location"]
    assert urlsplit(back).path == "/signin/oidc/back/"
    return {key: values[0] for key, values in parse_qs(urlsplit(back).query).items()}


def _round(client, next_url="/org/"):
    return client.get("/signin/oidc/back/", _there(client, next_url))


def _refused(client, answer) -> str:
    assert answer.headers["Location"] == "/signin/" and "_auth_user_id" not in client.session
    return client.get("/signin/").content.decode()


def test_there_and_back_and_in(provider, world, client):
    away = client.get("/signin/oidc/").headers["Location"]
    asked = parse_qs(urlsplit(away).query)
    assert asked["code_challenge_method"] == ["S256"] and asked["nonce"] and asked["state"]
    assert asked["redirect_uri"] == ["http://testserver/signin/oidc/back/"] and SECRET not in away
    Account.objects.filter(username="liaison").update(must_change=True)
    assert _round(client).headers["Location"] == "/org/"
    assert client.get("/org/").status_code == 200, (
        "an initial password of ours was not asked for, nor is it owed"
    )
    event = Event.objects.get(kind="account.signed_in")
    assert event.data == {"way": "oidc"} and event.by_id == world.person("liaison").pk


def test_the_door_stands_on_the_page_only_where_there_is_one(provider, client, settings):
    assert "统一身份认证登录" in client.get("/signin/").content.decode()
    settings.OIDC_ISSUER = ""
    assert "统一身份认证" not in client.get("/signin/").content.decode()
    assert client.get("/signin/oidc/").status_code == 404


@pytest.mark.parametrize(
    ("lies", "words"),
    [
        (Lies(foreign_key=True), "回答验证不过"),
        (Lies(unsigned=True), "回答验证不过"),
        (Lies(claims={"aud": "someone-else"}), "回答验证不过"),
        (Lies(claims={"aud": [CLIENT, "other"]}), "回答验证不过"),
        (Lies(claims={"iss": "http://127.0.0.1:1"}), "回答验证不过"),
        (Lies(claims={"nonce": "old"}), "回答验证不过"),
        (Lies(claims={"exp": 1_600_000_000}), "回答验证不过"),
        (Lies(without=("exp",)), "回答验证不过"),
        (Lies(without=("nonce",)), "回答验证不过"),
        (Lies(without=("staff",), userinfo_sub="u-2"), "回答验证不过"),
        (Lies(claims={"staff": ""}), "没有给出工号"),
        (Lies(claims={"staff": "777777"}), "工号 777777 在这里还没有账号"),
        (Lies(refuse=True), "没有同意登录"),
        (Lies(issuer="http://127.0.0.1:9"), "现在连不上"),
    ],
)
def test_what_is_not_proved_does_not_enter(provider, client, lies, words):
    if lies.issuer:
        provider.lies = lies
        assert words in _refused(client, client.get("/signin/oidc/"))
        return
    query = None if lies.refuse else _there(client)
    provider.lies = lies
    query = query or _there(client)
    assert words in _refused(client, client.get("/signin/oidc/back/", query))
    assert not Event.objects.filter(kind="account.signed_in").exists()


def test_the_staff_number_may_come_from_userinfo(provider, client):
    provider.lies = Lies(without=("staff",))
    assert _round(client).headers["Location"] == "/org/"


def test_state_and_code_count_once_and_belong_to_one_browser(provider, client, world):
    query = _there(client)
    assert "作废" in _refused(client, client.get("/signin/oidc/back/", {**query, "state": "x"}))
    assert "作废" in _refused(client, client.get("/signin/oidc/back/", query)), "one answer per question"
    query = _there(client)
    stranger = type(client)()
    assert "作废" in _refused(stranger, stranger.get("/signin/oidc/back/", query))
    assert client.get("/signin/oidc/back/", query).headers["Location"] == "/org/"
    other = type(client)()
    mine = _there(other)
    replay = other.get("/signin/oidc/back/", {**mine, "code": query["code"]})
    assert "没有认这次登录" in _refused(other, replay)


def test_a_closed_account_stays_outside_and_nobody_is_made(provider, client, world):
    before = Account.objects.count()
    Account.objects.filter(username="liaison").update(is_active=False)
    assert "账号停用了" in _refused(client, _round(client))
    assert Account.objects.count() == before


def test_a_second_step_is_asked_for_here_too(provider, client, world):
    account, at, by = world.accounts["liaison"], timezone.now(), world.actor("liaison")
    secret = start_totp(account=account, by=by, at=at)
    code = pyotp.TOTP(secret).at(at, counter_offset=-1)
    confirm_totp(account=account, code=code, by=by, at=at)
    assert _round(client).headers["Location"] == "/signin/second/"
    assert client.get("/org/").status_code == 302
    done = client.post("/signin/second/", {"code": pyotp.TOTP(secret).now()})
    assert done.headers["Location"] == "/org/"
    assert Event.objects.filter(kind="account.signed_in").last().data == {"way": "oidc_totp"}


def test_a_provider_that_is_down_says_so(provider, client, settings):
    settings.OIDC_ISSUER = "http://127.0.0.1:9"
    assert "先用登录名和密码登录" in _refused(client, client.get("/signin/oidc/"))
    settings.OIDC_ISSUER = "http://provider.example"
    assert "现在连不上" in _refused(client, client.get("/signin/oidc/")), "without HTTPS nobody is asked"
