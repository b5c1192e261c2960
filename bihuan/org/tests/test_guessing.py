"""Guessing a secret is limited wherever a secret is asked for, also by many hands at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings as house

from bihuan.kernel.actor import SYSTEM
from bihuan.kernel.refused import Refused
from bihuan.org.actions.open_account import open_account
from bihuan.org.actions.reset_password import reset_password
from bihuan.org.actions.try_secret import forgive, try_secret
from bihuan.org.models import SecretTry
from bihuan.record.models import Event

from .world import PASSWORD, build

NEW = "Xin-mima-2026"


def _try(client, old):
    return client.post("/password/", {"old": old, "new": NEW, "again": NEW})


def test_the_old_password_is_not_guessed_at_an_open_screen(world, signed_in):
    client, account = signed_in("liaison"), world.accounts["liaison"]
    for _ in range(5):
        assert "现在的密码不对" in _try(client, "falsch-2025-Aa").content.decode()
    locked = _try(client, PASSWORD)
    assert "连续输错 5 次" in locked.content.decode() and "15 分钟后再试" in locked.content.decode()
    account.refresh_from_db()
    assert account.check_password(PASSWORD), "the right one does not help while it is locked"
    assert Event.objects.filter(stream=f"account:{account.pk}", kind="account.locked").count() == 1
    SecretTry.objects.update(since=account.tries.since - timedelta(minutes=16))
    assert _try(client, PASSWORD).status_code == 302
    assert not SecretTry.objects.filter(count__gt=0).exists(), "who knew it begins anew"


def test_a_new_password_from_the_administrator_opens_the_lock(world):
    account = world.accounts["liaison"]
    for _ in range(5):
        try_secret(account=account, at=world.at)
    with pytest.raises(Refused, match="连续输错 5 次"):
        try_secret(account=account, at=world.at)
    reset_password(account=account, by=world.actor("system_admin"), at=world.at)
    try_secret(account=account, at=world.at)
    forgive(account)
    assert not SecretTry.objects.filter(count__gt=0).exists()


def test_a_storm_of_guesses_gets_no_more_than_five(race, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    world = build(accounts=False)
    account, _ = open_account(person=world.person("liaison"), by=SYSTEM, at=world.at)
    outcomes = race(lambda: try_secret(account=account, at=world.at), times=12)
    lost = [outcome.error for outcome in outcomes if outcome.error]
    assert sum(outcome.won for outcome in outcomes) == house.AXES_FAILURE_LIMIT == 5
    assert all(isinstance(error, Refused) and "连续输错" in error.reason for error in lost), lost
    assert Event.objects.filter(kind="account.locked").count() == 1


WAYS = {
    "/password/": lambda guess: {"old": guess, "new": NEW, "again": NEW},
    "/me/second/again/": lambda guess: {"password": guess},
    "/tokens/new/": lambda guess: {
        "name": "x", "scope": "read", "unit": "", "expires_on": "2099-01-01", "password": guess,
    },
}  # fmt: skip


@pytest.mark.parametrize("url", WAYS)
def test_a_form_that_counts_once_does_not_undo_the_count(world, signed_in, url):
    """The key every form carries keeps a deed from being done twice; it must not make a guess free."""
    client = signed_in("liaison")
    for n in range(5):
        answer = client.post(url, WAYS[url]("falsch-2025-Aa") | {"_once": f"form-key-{n:04}"})
        assert "密码不对" in answer.content.decode()
    locked = client.post(url, WAYS[url](PASSWORD) | {"_once": "form-key-9999"})
    assert "连续输错 5 次" in locked.content.decode()
    assert Event.objects.filter(kind="account.locked").count() == 1


def test_who_is_signed_in_guesses_no_longer_at_the_door_of_another(world, signed_in):
    client = signed_in("worker_a")
    for n in range(7):
        form = {"username": "liaison", "password": f"falsch-{n}"}
        answer = client.post("/signin/", form, headers={"Idempotency-Key": f"guess-{n:04}"})
    assert answer.status_code == 429
    right = client.post("/signin/", {"username": "liaison", "password": PASSWORD, "_once": "form-key-1234"})
    assert right.status_code == 429, "locked for everybody, whatever key the guesses came with"


def test_an_old_tab_does_not_act_for_who_signed_in_since(world, signed_in):
    client = signed_in("liaison")
    mine, other = world.accounts["liaison"].pk, world.accounts["unit_head"].pk
    url, before = "/notices/read/", {"HX-Request": "true"}
    refused = client.post(url, headers={**before, "X-Bihuan-Account": str(other)})
    assert refused.status_code == 409 and refused.content == b"", "htmx swaps nothing: what was typed stays"
    assert "b-say" in refused.headers["HX-Trigger"]
    shown = client.post(url, headers={"X-Bihuan-Account": str(other), "Accept": "application/json"})
    assert shown.json()["reason"] == "这一页是另一个账号打开的，没有提交"
    assert client.post(url, headers={**before, "X-Bihuan-Account": str(mine)}).status_code == 302
    assert client.get("/notices/", headers={"X-Bihuan-Account": str(other)}).status_code == 200
