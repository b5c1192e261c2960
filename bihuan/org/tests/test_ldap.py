"""Sign-in against a directory. Where slapd and the extra (requirements/ldap.in) are installed, against a real one;
where the extra is missing, the sentence that says so. What is proved is chosen by what is there: nothing is skipped."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec

import pytest

from bihuan.org.models import Account
from bihuan.record.models import Event

from .slapd import ADMIN, ADMIN_PASSWORD, BASE, Slapd, slapd_here
from .world import PASSWORD

EXTRA = find_spec("django_auth_ldap") is not None and find_spec("ldap") is not None


def _doctor(**env: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "bihuan.config.cli", "doctor"],
        env={**os.environ, **env}, capture_output=True, text=True, timeout=120,
    )  # fmt: skip


def test_a_password_never_travels_in_the_clear():
    answer = _doctor(BIHUAN_LDAP_URL="ldap://directory.example")
    assert answer.returncode == 1 and "口令明文走网" in answer.stderr and "Traceback" not in answer.stderr


if not EXTRA:

    def test_without_the_library_it_says_what_to_install():
        answer = _doctor(BIHUAN_LDAP_URL="ldaps://directory.example")
        assert answer.returncode == 1 and "Traceback" not in answer.stderr
        assert "没有装目录登录的库" in answer.stderr and "requirements/ldap.lock" in answer.stderr


if EXTRA and slapd_here():

    @pytest.fixture(scope="module")
    def running(tmp_path_factory):
        people = [
            ("wulina", "Dir-mima-2025", "3002"),
            ("fremd", "Dir-mima-2025", "777777"),
            ("ohne", "Dir-x", ""),
        ]
        found = Slapd(tmp_path_factory.mktemp("slapd"), people)
        yield found
        found.end()

    @pytest.fixture
    def directory(running, world, settings):
        settings.LDAP_URL, settings.LDAP_BASE = running.url, BASE
        settings.LDAP_BIND_DN, settings.LDAP_BIND_PASSWORD = ADMIN, ADMIN_PASSWORD
        settings.AUTHENTICATION_BACKENDS = [
            *settings.AUTHENTICATION_BACKENDS, "bihuan.org.backends.DirectoryBackend",
        ]  # fmt: skip
        return running

    def _post(client, username, password):
        return client.post("/signin/", {"username": username, "password": password})

    def test_the_directorys_password_opens_the_account_of_the_staff_number(directory, world, client):
        Account.objects.filter(username="liaison").update(must_change=True)
        before = Account.objects.count()
        assert _post(client, "wulina", "Dir-mima-2025").headers["Location"] == "/"
        assert client.get("/org/").status_code == 200, "an initial password of ours is not owed"
        event = Event.objects.get(kind="account.signed_in")
        assert event.by_id == world.person("liaison").pk and event.data == {"way": "ldap"}
        assert Account.objects.count() == before

    @pytest.mark.parametrize(
        ("name", "password"),
        [
            ("wulina", "falsch"), ("wulina", ""), ("fremd", "Dir-mima-2025"), ("ohne", "Dir-x"), ("*", "Dir-mima-2025"),
            ("wulina)(uid=*", "Dir-mima-2025"), ("nobody", "Dir-mima-2025"),
        ],
    )  # fmt: skip
    def test_nobody_else_comes_in(directory, client, name, password):
        before = Account.objects.count()
        page = _post(client, name, password)
        assert page.status_code == 200 and "_auth_user_id" not in client.session
        assert Account.objects.count() == before

    def test_a_stopped_account_and_a_lock_hold_here_too(directory, client):
        Account.objects.filter(username="liaison").update(is_active=False)
        assert _post(client, "wulina", "Dir-mima-2025").status_code == 200
        Account.objects.filter(username="liaison").update(is_active=True)
        for _ in range(5):
            answer = _post(client, "wulina", "falsch")
        assert answer.status_code == 429
        assert _post(client, "wulina", "Dir-mima-2025").status_code == 429

    def test_our_own_passwords_go_on_and_a_silent_directory_holds_up_nobody(directory, client, settings):
        assert _post(client, "unit_head", PASSWORD).headers["Location"] == "/"
        settings.LDAP_URL = "ldap://127.0.0.1:9"
        other = type(client)()
        assert _post(other, "wulina", "Dir-mima-2025").status_code == 200
        assert _post(other, "worker_a", PASSWORD).headers["Location"] == "/"
