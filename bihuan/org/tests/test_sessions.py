"""Sessions: whose they are, how long they last, how many there may be, and that their owner can end them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.test import Client
from django.utils import timezone

from bihuan.kernel.refused import Refused, Stale
from bihuan.org.actions.end_session import end_session
from bihuan.org.actions.reset_password import reset_password
from bihuan.org.actions.tidy import tidy
from bihuan.org.models import BrowserSession
from bihuan.org.sessions import kept_as
from bihuan.record.models import Event

from .world import PASSWORD


def enter(username="liaison", client=None):
    client = client or Client()
    answer = client.post("/signin/", {"username": username, "password": PASSWORD})
    assert answer.status_code == 302
    return client


def inside(client):
    return client.get("/org/").status_code == 200


def backdate(client, seconds, key="begun"):
    session = client.session
    session[key] -= seconds
    session.save()


def test_the_key_is_new_at_the_sign_in_long_and_out_of_reach_of_scripts(world):
    client = enter()
    first = client.cookies["sessionid"]
    assert first["httponly"] and first["samesite"] == "Lax" and first["path"] == "/"
    assert len(first.value) >= 26, "26 letters and digits hold 128 bits"
    old = Client()
    old.cookies["sessionid"] = first.value
    enter("unit_head", client)
    assert client.cookies["sessionid"].value != first.value and not inside(old)


def test_a_key_that_a_stranger_put_there_is_not_taken(world):
    victim = Client()
    victim.cookies["sessionid"] = "planted" * 5
    enter(client=victim)
    assert victim.cookies["sessionid"].value != "planted" * 5


def test_however_busy_one_shows_again_who_one_is_after_so_long(world, settings):
    client = enter()
    backdate(client, settings.SESSION_MOST_SECONDS - 60)
    assert inside(client)
    backdate(client, 120)
    assert client.get("/org/").headers["Location"].startswith("/signin/")
    assert not BrowserSession.objects.filter(account__isnull=False).exists(), (
        "it ended here, not in the browser"
    )
    part = enter()
    backdate(part, settings.SESSION_MOST_SECONDS + 60)
    assert part.get("/org/", headers={"HX-Request": "true"}).status_code == 401, (
        "the window over a form opens"
    )


def test_without_a_limit_and_from_before_there_was_one(world, settings, signed_in):
    settings.SESSION_MOST_SECONDS = 0
    client = enter()
    backdate(client, 30 * 24 * 3600)
    assert inside(client)
    settings.SESSION_MOST_SECONDS = 3600
    older = signed_in("liaison")
    assert inside(older) and older.session["begun"] > 0, "it counts from the first page on"


def test_idle_ones_end_on_the_server(world):
    client = enter()
    BrowserSession.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert not inside(client)


def test_one_sees_ones_own_and_ends_one_of_them(world):
    here, there = enter(), enter()
    enter("unit_head")
    page = here.get("/me/second/").content.decode()
    assert page.count("让它退出") == 1 and "2 处" in page and "这一处" in page
    assert there.session.session_key not in page and here.session.session_key not in page
    mark = page.split("/me/second/sessions/")[1].split("/")[0]
    assert mark != "end"
    assert here.post(f"/me/second/sessions/{mark}/end/").headers["Location"] == "/me/second/"
    assert inside(here) and not inside(there)
    assert Event.objects.filter(kind="account.session_ended").count() == 1
    here.post(f"/me/second/sessions/{mark}/end/")
    assert Event.objects.filter(kind="account.session_ended").count() == 1, "ended once"


def test_ending_one_asks_for_a_fresh_proof(world):
    here, there = enter(), enter()
    page = here.get("/me/second/").content.decode()
    mark = page.split("/me/second/sessions/")[1].split("/")[0]
    backdate(here, 601, "proved")
    assert "/me/second/again/" in here.post(f"/me/second/sessions/{mark}/end/").headers["Location"]
    assert inside(there)


def test_nobody_ends_anothers(world):
    client = enter()
    account, key = world.accounts["liaison"], kept_as(client.session.session_key)
    with pytest.raises(Refused, match="自己的登录"):
        end_session(account=account, key=key, by=world.actor("system_admin"), at=world.at)
    with pytest.raises(Stale):
        end_session(account=world.accounts["outsider"], key=key, by=world.actor("outsider"), at=world.at)
    assert inside(client)


def test_where_places_are_few_the_quietest_ends(world, settings):
    settings.SESSION_MOST_OPEN = 2
    quiet, busy = enter(), enter()
    BrowserSession.objects.filter(session_key=kept_as(quiet.session.session_key)).update(
        expire_date=timezone.now() + timedelta(minutes=1)
    )
    other = enter("unit_head")
    newest = enter()
    assert [inside(client) for client in (quiet, busy, newest, other)] == [False, True, True, True]


def test_a_new_password_ends_what_was_open(world):
    mine, elsewhere = enter(), enter()
    good = "Xin-mima-2026"
    assert mine.post("/password/", {"old": PASSWORD, "new": good, "again": good}).status_code == 302
    assert inside(mine) and not inside(elsewhere)
    assert "1 处" in mine.get("/me/second/").content.decode(), "what opens nothing is not shown as open"
    reset_password(account=world.accounts["liaison"], by=world.actor("system_admin"), at=world.at)
    assert not inside(mine)


def test_what_is_over_is_cleared_away(world):
    enter()
    gone = enter("unit_head")
    Client().post("/signin/", {"username": "mistyped", "password": "wrong"})
    now = timezone.now()
    BrowserSession.objects.filter(session_key=kept_as(gone.session.session_key)).update(expire_date=now)
    assert tidy(at=now) == 1
    assert BrowserSession.objects.filter(account__isnull=False).count() == 1
    assert AccessAttempt.objects.filter(username="mistyped").exists(), (
        "a lock needs it for a quarter of an hour"
    )
    tidy(at=now + timedelta(days=2))
    assert not AccessAttempt.objects.exists()
