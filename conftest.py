"""Fixtures of the whole house: the database, races, and a browser."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bihuan.config.machine import chromium
from bihuan.config.work import collect_less
from tests.house.race import Outcome, run_race

#: the one small named world, shared by every room above the organisation; a house with a replica; and what no outsider may learn
pytest_plugins = ("bihuan.org.tests.fixtures", "bihuan.record.tests.followed", "tests.hot_mill_things")

LAPTOP = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


#: what need not run on both databases: commands in folders of their own, and the demo group's long days, which
#: `tests/test_demo.py` loads on both. Whatever asks nothing of a database runs once without being named.
ONCE = (
    "/bihuan/kernel/", "/tests/guards/", "/tests/house/test_command", "/tests/test_toy_area",
    "/tests/test_quiet_days", "/tests/test_worlds",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Say by where it stands what a test needs: the kernel and the guards run once, a browser once.

    What proves the whole house comes first: one module of it takes minutes, and a worker that met it last would
    leave the other without work.
    """
    items.sort(key=lambda item: item.nodeid.startswith("bihuan/"))
    for item in items:
        path = item.path.as_posix()
        names = set(getattr(item, "fixturenames", ()))
        asks = item.get_closest_marker("django_db") or names & {"db", "transactional_db", "live_server"}
        if not asks or any(place in path for place in ONCE):
            item.add_marker(pytest.mark.pure)
        if {"page", "browser", "context", "phone"} & names:
            item.add_marker(pytest.mark.journey)


def pytest_collection_finish() -> None:
    """A process of the suite lives for minutes and holds the whole house: Python's search for cycles, made after
    every 700 new objects over all that are alive, takes a large part of them (one PDF: 90 s instead of 9)."""
    collect_less()


@pytest.fixture(scope="session", autouse=True)
def no_server_left_behind() -> Iterator[None]:
    """A forgotten server thread spins on a closed socket and slows every later test of its process tenfold."""
    yield
    left = [thread.name for thread in threading.enumerate() if "serve_forever" in thread.name]
    assert not left, f"a test left its server running: {left}"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request: pytest.FixtureRequest) -> None:
    """A database for each xdist worker; on SQLite a file of its own, because a race needs connections."""
    from django.conf import settings

    worker = getattr(request.config, "workerinput", {}).get("workerid", "one")
    for values in settings.DATABASES.values():
        name = values["NAME"]
        sqlite = values["ENGINE"].endswith("sqlite3")
        values.setdefault("TEST", {})["NAME"] = f"{name}.{worker}" if sqlite else f"test_{name}_{worker}"


@pytest.fixture
def race(transactional_db: None) -> Callable[..., list[Outcome]]:
    """`race(call, times=8)` or `race([call, call])`: all start at once, each on its own connection.

    Each call gets its number if it takes an argument. Returns the outcomes in order: `.value` or `.error`.
    """
    return run_race


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The system's Chromium: nothing is downloaded for a test."""
    found = chromium()
    if not found:
        pytest.fail(
            "没有找到 Chromium：apt-get install chromium，或用 BIHUAN_CHROMIUM 指出它在哪里。", pytrace=False
        )
    args = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else list(QUIET)
    return {**browser_type_launch_args, "executable_path": found, "args": args}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {
        **browser_context_args,
        "viewport": LAPTOP,
        "locale": "zh-CN",
        "timezone_id": "Asia/Shanghai",
    }


@pytest.fixture
def phone(browser: Any, browser_context_args: dict[str, Any]) -> Iterator[Any]:
    """A page of a phone's size that is touched, not clicked."""
    context = browser.new_context(
        **{**browser_context_args, "viewport": PHONE, "has_touch": True, "is_mobile": True}
    )
    yield context.new_page()
    context.close()
