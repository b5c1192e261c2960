from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from bihuan.areas.inspection.actions.name_liaison import name_liaison
from bihuan.kernel.actor import SYSTEM
from bihuan.org.actions.open_account import open_account
from bihuan.org.tests.world import PASSWORD

from .story import Onsite


@pytest.fixture
def onsite(world) -> Onsite:
    return Onsite(world)


@pytest.fixture
def signed_as(onsite: Onsite, monkeypatch) -> Callable[[str], Client]:
    """A browser in which this person of the story has signed in, at the hour of the story."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: onsite.at)
    accounts = dict(onsite.world.accounts)

    def client_of(word: str) -> Client:
        if word not in accounts:
            accounts[word], _ = open_account(
                person=onsite.world.person(word), username=f"onsite-{word}", password=PASSWORD, must_change=False,
                by=SYSTEM, at=onsite.at,
            )  # fmt: skip
        client = Client()
        client.force_login(accounts[word], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return client_of


@pytest.fixture
def client_of(onsite: Onsite, signed_in):
    """`client_of(word)`: signed in as one of those around the team."""

    def enter(word: str):
        if word in onsite.around and word not in onsite.world.accounts:
            onsite.world.accounts[word], _ = open_account(
                person=onsite.world.person(word), username=word, password=PASSWORD, must_change=False,
                by=onsite.world.actor("system_admin"), at=onsite.at,
            )  # fmt: skip
        return signed_in(word)

    return enter


@pytest.fixture
def contact(onsite: Onsite) -> Onsite:
    """The mill has named its liaison."""
    name_liaison(
        task=onsite.task, side="org", person=onsite.world.person("liaison"), by=onsite.office, at=onsite.at
    )
    return onsite
