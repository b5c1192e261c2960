"""What every journey has: a running house on one set day, people with a browser each, a worker, a camera."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils import timezone

from bihuan.org.models import Account
from bihuan.org.sessions import SessionStore
from bihuan.record.worker import run_until_idle
from conftest import LAPTOP, PHONE

from .camera import Camera
from .person import PATIENCE_MS, Person

#: the day that runs through the mock-ups; a Friday. Dates on the manual's pictures do not change with the calendar
MORNING = datetime(2026, 11, 20, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
SHOTS = Path(settings.HOME) / "docs" / "manual" / "shots"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """The house's clock: it starts on that morning and runs; `clock.shift(hours)` lets time pass."""
    with time_machine.travel(MORNING, tick=True) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def fast_and_patient(settings) -> None:
    """Hashing that costs nothing, and sessions that outlast the days a story takes."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.SESSION_COOKIE_AGE = 100 * 24 * 3600
    settings.SESSION_MOST_SECONDS = 0


@pytest.fixture
def camera(tmp_path) -> Camera:
    """Takes the manual's pictures with BIHUAN_SHOTS=1; otherwise looks only, so that a test run changes nothing."""
    return Camera(SHOTS if os.environ.get("BIHUAN_SHOTS") else tmp_path / "shots")


@pytest.fixture
def people(browser, browser_context_args, live_server, transactional_db) -> Iterator[Callable[..., Person]]:
    """`people("liaison")` is a signed-in person with a browser of their own, `people(word, phone=True)` with a
    phone, `people()` a stranger. Asked again, the same browser. At the end none may have met a script error."""
    known: dict[tuple, Person] = {}

    def person(word: str = "", *, phone: bool = False) -> Person:
        key = (word, phone)
        if key not in known:
            size = (
                {"viewport": PHONE, "has_touch": True, "is_mobile": True} if phone else {"viewport": LAPTOP}
            )
            context = browser.new_context(**{**browser_context_args, **size})
            if word:
                context.add_cookies([session_cookie(word, live_server.url)])
            context.set_default_timeout(PATIENCE_MS)
            known[key] = Person(context.new_page(), live_server.url, word or "a stranger")
        return known[key]

    yield person
    errors = [error for one in known.values() for error in one.errors]
    for one in known.values():
        one.page.context.close()
    assert errors == []


def session_cookie(username: str, url: str) -> dict:
    """A session as the sign-in page makes it; the sign-in itself has a journey of its own."""
    account = Account.objects.get(username=username)
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.save()
    return {"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": url}


@pytest.fixture
def work() -> Callable[[], None]:
    """The worker does everything that is due now."""
    return lambda: run_until_idle(at=timezone.now()) and None
