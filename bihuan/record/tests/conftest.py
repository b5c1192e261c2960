"""A small cast and the tools of this room's tests: people are ids here, rooms are toys on the shelf."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bihuan.kernel.actor import Actor, Reach
from bihuan.registry import shelf
from bihuan.registry.contract import JobKind, Offer

AT = datetime(2026, 9, 1, 2, 0, tzinfo=UTC)


@pytest.fixture
def at():
    return AT


def person(person_id: int, *permissions: str, path: str = "/1/", unit_id: int = 1) -> Actor:
    reach = Reach(frozenset(permissions), unit_id, path, True)
    return Actor(kind="person", person_id=person_id, name=f"甲{person_id}", unit_id=unit_id, reaches=(reach,))


@pytest.fixture
def actor_with():
    """`actor_with(7, "audit.view", path="/1/", unit_id=1)`"""
    return person


@pytest.fixture
def clerk():
    return person(7)


@pytest.fixture
def outsider():
    return person(99)


@pytest.fixture
def system_admin():
    return person(3, "job.manage")


@pytest.fixture
def files(settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"
    return settings.FILES_ROOT


@pytest.fixture
def toys():
    """`toys(jobs={"toy.code": run}, ticks=(…), reacts_to={…}, max_attempts=…)`: one more room on the shelf."""
    real = shelf.offers()

    def forget():
        for cached in (
            shelf.sources,
            shelf.facts,
            shelf.jobs,
            shelf.ticks,
            shelf.nav,
            shelf.reactions,
            shelf.event_words,
            shelf.data_words,
        ):
            cached.cache_clear()

    def install(*, jobs=None, ticks=(), reacts_to=None, max_attempts=3, **more):
        kinds = tuple(JobKind(code, "玩具任务", run, max_attempts) for code, run in (jobs or {}).items())
        toy = Offer("toyroom", "玩具", jobs=kinds, ticks=tuple(ticks), reacts_to=reacts_to or {}, **more)
        patch.setattr(shelf, "offers", lambda: (*real, toy))
        forget()

    with pytest.MonkeyPatch.context() as patch:
        yield install
    forget()
