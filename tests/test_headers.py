"""What every answer of the house carries, pages, files of the house and answers to programs alike."""

from __future__ import annotations

import pytest
from django.conf import settings as house
from django.test import Client

from bihuan.problems.tests import story

pytestmark = pytest.mark.django_db

CARRIED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.mark.parametrize("url", ["/signin/", "/static/ui/ui.js", "/health/live", "/api/v1/me", "/nowhere/"])
def test_every_answer_carries_them(world, url):
    answer = Client().get(url)
    assert answer.status_code in (200, 401, 404), url
    assert {name: answer.headers.get(name) for name in CARRIED} == CARRIED
    policy = answer.headers["Content-Security-Policy"]
    for word in (
        "default-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action",
    ):
        assert word in policy
    assert "unsafe" not in policy and "Access-Control-Allow-Origin" not in answer.headers


def test_a_page_says_what_it_is(world):
    assert Client().get("/signin/").headers["Content-Type"] == "text/html; charset=utf-8"


def test_what_not_everybody_may_see_stays_in_no_cache(world, signed_in, program):
    secret = story.raised(world, secrecy="restricted", statement="有人反映的事项，限知悉")
    officer = signed_in("safety_officer")
    kept = {
        url: officer.get(url).headers["Cache-Control"]
        for url in (f"/problems/{secret.number}/", "/problems/", "/me/")
    }
    assert set(kept.values()) == {"no-store"}, kept
    assert signed_in("audit_admin").get("/audit/").headers["Cache-Control"] == "no-store"
    assert program("liaison", "read").get("me").headers["Cache-Control"] == "no-store"


def test_ordinary_pages_are_asked_for_again_and_not_kept_where_the_house_says_so(world, signed_in, settings):
    client, ordinary = signed_in("safety_officer"), story.raised(world)
    assert client.get(f"/problems/{ordinary.number}/").headers["Cache-Control"] == "private, no-cache"
    settings.NO_STORE = True
    assert client.get(f"/problems/{ordinary.number}/").headers["Cache-Control"] == "no-store"


def test_going_back_after_signing_out_shows_nothing(world, signed_in):
    client = signed_in("liaison")
    assert client.post("/signout/").headers["Clear-Site-Data"] == '"cache"'


def test_only_known_names_of_the_house_are_answered(world):
    assert Client(headers={"host": "elsewhere.example"}).get("/signin/").status_code == 400
    assert "*" not in house.ALLOWED_HOSTS


@pytest.mark.parametrize("method", ["trace", "put", "delete", "patch"])
def test_other_methods_change_nothing_and_echo_nothing(world, signed_in, method):
    answer = getattr(signed_in("liaison"), method)("/problems/new/", headers={"X-Probe": "echo-me"})
    assert answer.status_code in (403, 405, 400) and b"echo-me" not in answer.content


def test_a_forged_form_is_not_taken(world):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.accounts["liaison"], backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post("/signout/")
    assert answer.status_code == 403 and client.get("/org/").status_code == 200, "still signed in"


@pytest.mark.parametrize(
    "url",
    [
        "/.git/config", "/.env", "/secret.key", "/data/bihuan.sqlite3", "/keys/seal.key", "/files/", "/static/",
        "/static/ui/", "/static/../bihuan/config/settings.py", "/static/%2e%2e/%2e%2e/pyproject.toml", "/admin/",
    ],
)  # fmt: skip
def test_what_lies_beside_the_house_is_not_served(world, url):
    answer = Client().get(url)
    assert answer.status_code == 404, url
    assert b"SECRET_KEY" not in answer.content and b"[project]" not in answer.content
