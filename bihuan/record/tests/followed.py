"""A house with a replica, for every room's tests: at an address where nobody answers, or as a look is said to find it."""

from __future__ import annotations

import pytest
from django.db import connection, connections

from bihuan.record import replica
from bihuan.record.replica import LATE, REPLICA, Standing
from soak.crash.house import free_port


@pytest.fixture
def followed(transactional_db, monkeypatch):
    """A house with a replica at an address where nobody answers."""
    monkeypatch.setattr(replica, "_watch", replica._Watch())
    values = {**connection.settings_dict, "HOST": "127.0.0.1", "PORT": str(free_port())}
    connections.settings[REPLICA] = values
    yield values
    connections[REPLICA].close()
    del connections[REPLICA]
    del connections.settings[REPLICA]


@pytest.fixture
def stands(followed, monkeypatch):
    """`stands("late")`: what a look finds. Counts the looks and how long each was to wait."""
    waited: list[float] = []
    found = [Standing()]

    def look(*, wait: float) -> Standing:
        waited.append(wait)
        return found[0]

    def say(fault: str = "") -> list[float]:
        found[0] = Standing(fault, 10 if fault == LATE else 0)
        return waited

    monkeypatch.setattr(replica, "look", look)
    return say
