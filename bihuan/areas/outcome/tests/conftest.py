from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from bihuan.org.actions.open_account import open_account
from bihuan.org.tests.world import PASSWORD

from .story import Outcome


@pytest.fixture
def outcome(world) -> Outcome:
    return Outcome(world)


@pytest.fixture
def signed_as_check(checking, monkeypatch) -> Callable[[str], Client]:
    """A browser in which this person has signed in, at the hour of the story."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: checking.at)
    accounts = checking.world.accounts

    def client_of(word: str) -> Client:
        if word not in accounts:
            accounts[word], _ = open_account(
                person=checking.world.person(word), username=f"check-{word}", password=PASSWORD, must_change=False,
                by=checking.world.actor("system_admin"), at=checking.at,
            )  # fmt: skip
        client = Client()
        client.force_login(accounts[word], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return client_of
