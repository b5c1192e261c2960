"""Access tokens: shown once, never more than their person, gone with the account, the term, the unit."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone

from bihuan.kernel.actor import SYSTEM
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.actions.close_account import close_account
from bihuan.org.actions.open_token import open_token
from bihuan.org.actions.reopen_account import reopen_account
from bihuan.org.actions.revoke_grant import revoke_grant
from bihuan.org.actions.revoke_token import revoke_token
from bihuan.org.actions.use_token import NotLetIn, use_token
from bihuan.org.demo.tokens import open_tokens
from bihuan.org.models import AccessToken, Grant, Person
from bihuan.org.tests.world import PASSWORD
from bihuan.record.models import Event


def opened(world, word="liaison", **given):
    at = timezone.now()
    given = {"name": "取台账", "scope": "handle", "expires_on": local_day(at) + timedelta(days=30)} | given
    person = given.pop("person", world.person(word))
    return open_token(person=person, by=given.pop("by", world.actor(word, at)), at=at, **given)


def test_it_is_kept_as_a_hash_and_shown_once(world):
    token, text = opened(world)
    secret = text.rpartition("_")[2]
    kept = "".join(str(value) for value in AccessToken.objects.values().get(pk=token.pk).values())
    assert secret not in kept and text.startswith(f"bht_{token.ident}_")
    event = Event.objects.get(kind="token.opened")
    assert secret not in str(event.data) and event.subject == token.ident


def test_me_says_who_and_how_far(world, program):
    told = program("liaison", "raise", unit="furnace").get("me").json()
    assert (told["name"], told["scope"], told["within"]) == ("武丽娜", "raise", world.unit("furnace").pk)
    assert told["may"] == ["problem.raise", "problem.view"]
    assert [reach["unit"] for reach in told["reaches"]] == [world.unit("furnace").pk]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "bht_",
        "bht_aaaaaaaaaa_x",
        "nonsense",
        "bht_{ident}_wrong",
        "bht_'or 1=1_x",
        "bht_\x00_x",
        "bht_é_x",
    ],
)
def test_a_wrong_token_opens_nothing(world, client, text):
    token, _ = opened(world)
    said = {"Authorization": f"Bearer {text.format(ident=token.ident)}"}
    answer = client.get("/api/v1/me", headers=said)
    assert answer.status_code == 401 and answer.json()["code"] == "token"
    assert answer["WWW-Authenticate"] == "Bearer"


def test_without_a_token_a_session_is_not_enough(signed_in):
    answer = signed_in("liaison").get("/api/v1/me")
    assert answer.status_code == 401 and answer.json()["reason"] == "没有带访问令牌"


def test_a_token_is_for_the_api_alone(world, client):
    _, text = opened(world)
    assert client.get("/problems/", headers={"Authorization": f"Bearer {text}"}).status_code == 302
    assert client.get("/tokens/", headers={"Authorization": f"Bearer {text}"}).status_code == 302
    assert "sessionid" not in client.cookies


def test_it_ends_with_its_term(world, program):
    liaison = program("liaison")
    assert liaison.get("me").status_code == 200
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        answer = liaison.get("me")
    assert answer.status_code == 401 and "到期" in answer.json()["reason"]


def test_it_ends_when_taken_back_and_only_once(world, program):
    liaison, token = program("liaison"), AccessToken.objects.get()
    by, at = world.actor("liaison", timezone.now()), timezone.now()
    revoke_token(token=token, by=by, at=at)
    assert "收回" in liaison.get("me").json()["reason"]
    with pytest.raises(Stale):
        revoke_token(token=AccessToken.objects.get(), by=by, at=at)
    with pytest.raises(Refused):
        revoke_token(token=opened(world)[0], by=world.actor("outsider", at), at=at)


def test_it_ends_with_the_account_and_does_not_wake_with_it(world, program):
    liaison, account, at = program("liaison"), world.accounts["liaison"], timezone.now()
    close_account(account=account, by=world.actor("system_admin", at), at=at)
    assert liaison.get("me").status_code == 401
    reopen_account(account=account, by=world.actor("system_admin", at), at=at)
    type(account).objects.filter(pk=account.pk).update(must_change=False)
    assert "收回" in liaison.get("me").json()["reason"]


def test_it_sleeps_while_the_initial_password_stands(world, program):
    liaison, account = program("liaison"), world.accounts["liaison"]
    type(account).objects.filter(pk=account.pk).update(must_change=True)
    assert "初始密码" in liaison.get("me").json()["reason"]


def test_it_dies_with_the_person_leaving(world, program):
    liaison = program("liaison")
    Person.objects.filter(pk=world.person("liaison").pk).update(left_on=local_day(timezone.now()))
    assert "离开" in liaison.get("me").json()["reason"]


def test_a_grant_taken_from_the_person_is_taken_from_the_token(world, program):
    liaison, at = program("liaison"), timezone.now()
    assert "problem.rectify" in liaison.get("me").json()["may"]
    grant = Grant.objects.get(person=world.person("liaison"))
    revoke_grant(grant=grant, by=world.actor("security_admin", at), at=at, why="调岗")
    assert liaison.get("me").json()["may"] == []


def test_the_day_of_use_is_noted_once_a_day(world, program):
    liaison = program("liaison")
    for _ in range(3):
        liaison.get("me")
    assert AccessToken.objects.get().last_used_on == local_day(timezone.now())
    assert Event.objects.filter(kind="token.used").count() == 1
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        liaison.get("me")
    assert Event.objects.filter(kind="token.used").count() == 2


def test_guessing_is_stopped_and_told_to_the_auditor(world, client, settings):
    settings.TOKEN_MOST_GUESSES = 4
    cache.clear()
    token, text = opened(world)
    wrong = {"Authorization": f"Bearer bht_{token.ident}_guess"}
    got = [client.get("/api/v1/me", headers=wrong).status_code for _ in range(6)]
    assert got == [401, 401, 401, 401, 429, 429]
    right = client.get("/api/v1/me", headers={"Authorization": f"Bearer {text}"})
    assert right.status_code == 429 and right["Retry-After"] == "300"
    elsewhere = client.get("/api/v1/me", headers={"Authorization": f"Bearer {text}"}, REMOTE_ADDR="10.0.0.9")
    assert elsewhere.status_code == 200
    assert Event.objects.get(kind="token.guessed").subject == token.ident


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": " "}, "name"),
        ({"scope": "everything"}, "scope"),
        ({"expires_on": local_day(timezone.now()) - timedelta(days=1)}, "expires_on"),
        ({"expires_on": local_day(timezone.now()) + timedelta(days=366)}, "expires_on"),
    ],
)
def test_a_token_that_cannot_be_is_not_opened(world, given, field):
    with pytest.raises(Refused) as caught:
        opened(world, **given)
    assert caught.value.field == field


def test_only_for_oneself_within_ones_reach_and_not_by_a_token(world):
    with pytest.raises(Refused):
        opened(world, person=world.person("outsider"))
    with pytest.raises(Refused) as caught:
        opened(world, unit=world.unit("iron_mill"))
    assert caught.value.field == "unit"
    _, text = opened(world)
    _, actor = use_token(text=text, address="", at=timezone.now())
    with pytest.raises(Refused, match="本人"):
        opened(world, by=actor)


def test_a_calendar_is_no_program_and_a_program_no_calendar(world):
    _, calendar = opened(world, scope="calendar")
    _, program = opened(world)
    for text, wanted in ((calendar, False), (program, True)):
        with pytest.raises(NotLetIn):
            use_token(text=text, address="", at=timezone.now(), calendar=wanted)


def test_pages_open_show_once_list_and_take_back(world, signed_in):
    liaison = signed_in("liaison")
    given = {"name": "取台账", "scope": "read", "expires_on": local_day(timezone.now()), "unit": ""}
    wrong = liaison.post("/tokens/new/", given | {"password": "nope"})
    assert wrong.status_code == 400 and not AccessToken.objects.exists()
    shown = liaison.post("/tokens/new/", given | {"password": PASSWORD})
    text = re.search(r"bht_\w+_[\w-]+", shown.content.decode())[0]
    assert shown["Cache-Control"] == "no-store"
    token = AccessToken.objects.get()
    for url in ("/tokens/", f"/tokens/{token.pk}/"):
        page = liaison.get(url).content.decode()
        assert "取台账" in page and text not in page
    assert signed_in("outsider").get(f"/tokens/{token.pk}/").status_code == 404
    assert signed_in("outsider").post(f"/tokens/{token.pk}/end/").status_code == 404
    admin = signed_in("system_admin")
    assert "取台账" in admin.get("/settings/tokens/").content.decode()
    assert admin.post(f"/tokens/{token.pk}/end/", {}).status_code == 400
    assert admin.post(f"/tokens/{token.pk}/end/", {"why": "外包结束"}).status_code == 302
    assert Event.objects.get(kind="token.revoked").data["why"] == "外包结束"
    assert signed_in("liaison").get("/settings/tokens/").status_code == 404


def test_the_system_opens_one_for_the_demo(world):
    token, _ = opened(world, by=SYSTEM)
    assert token.person_id == world.person("liaison").pk


def test_the_demo_group_has_some_to_look_at(world):
    open_tokens(today=world.day, at=world.at)
    assert sorted(AccessToken.objects.values_list("scope", flat=True)) == ["calendar", "raise", "read"]
