"""The world as a fixture, for every room above this one. The root conftest loads it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from .world import World, build


@pytest.fixture
def world(db: None, settings) -> World:
    # Hashing that costs nothing: a test of the loop is not a test of argon2.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return build()


@pytest.fixture
def signed_in(world: World) -> Callable[[str], Client]:
    """`signed_in("liaison")` is a browser without a screen in which this person has signed in."""

    def client_of(word: str) -> Client:
        client = Client()
        client.force_login(world.accounts[word], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return client_of
