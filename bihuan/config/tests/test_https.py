"""What the house says of itself when it stands behind TLS; asked of a process of its own, settings are read once."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

PROBE = """
import json
import django
django.setup()
from django.conf import settings
from django.core.checks import run_checks
from django.test import Client
over_tls = Client().get("/health/live", headers={"X-Forwarded-Proto": "https"})
plain = Client().get("/health/live")
print(json.dumps({
    "said": dict(over_tls.headers), "plain": dict(plain.headers),
    "names": [settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME],
    "secure": [settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE],
    "debug": settings.DEBUG, "key": len(settings.SECRET_KEY),
    "faults": [found.id for found in run_checks(include_deployment_checks=True) if not found.is_silenced()],
}))
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    folder = tmp_path_factory.mktemp("https")
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("BIHUAN", "DATABASE_URL", "DJANGO"))
    }
    env = {
        **kept, "BIHUAN_DATA": str(folder), "BIHUAN_HTTPS": "true", "BIHUAN_URL": "https://bihuan.example.com",
        "DJANGO_SETTINGS_MODULE": "bihuan.config.settings",
    }  # fmt: skip
    run = subprocess.run(
        [sys.executable, "-c", PROBE], env=env, cwd=settings.HOME, capture_output=True, text=True, timeout=120
    )
    assert run.returncode == 0, run.stderr
    return {**json.loads(run.stdout.splitlines()[-1]), "folder": folder}


def test_browsers_are_told_to_come_back_over_tls_only(told):
    assert told["said"]["Strict-Transport-Security"] == "max-age=31536000"
    assert "Strict-Transport-Security" not in told["plain"], "said over TLS only"


def test_cookies_travel_over_tls_and_to_this_host_only(told):
    assert told["names"] == ["__Host-sessionid", "__Host-csrftoken"] and told["secure"] == [True, True]


def test_djangos_own_check_of_a_deployment_finds_nothing(told):
    assert told["faults"] == [] and told["debug"] is False


def test_the_key_of_the_house_is_made_long_and_private(told):
    kept = told["folder"] / "secret.key"
    assert told["key"] >= 50 and kept.stat().st_mode & 0o077 == 0
