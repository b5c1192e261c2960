"""The world as a fixture, for every room above this one. The root conftest loads it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from bihuan.kernel.moment import local_day
from bihuan.org.actions.open_token import open_token

from .poured import poured
from .world import World


@pytest.fixture
def world(db: None, settings) -> World:
    # Hashing that costs nothing: a test of the loop is not a test of argon2.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return poured()


@pytest.fixture
def signed_in(world: World) -> Callable[[str], Client]:
    """`signed_in("liaison")` is a browser without a screen in which this person has signed in."""

    def client_of(word: str) -> Client:
        client = Client()
        client.force_login(world.accounts[word], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return client_of


class Program:
    """A program with a token: JSON in, JSON out, no session."""

    def __init__(self, text: str) -> None:
        self.text, self.client = text, Client()

    def call(self, method: str, url: str, body: object = None, **headers: str):
        given = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
        url = url if url.startswith("/") else f"/api/v1/{url}"
        said = {"Authorization": f"Bearer {self.text}", **headers}
        return getattr(self.client, method)(url, headers=said, **given)

    def get(self, url: str, **headers: str):
        return self.call("get", url, **headers)

    def post(self, url: str, body: object = None, **headers: str):
        return self.call("post", url, {} if body is None else body, **headers)

    def send(self, name: str, content: bytes):
        """Hand in a file; returns its id for the step that needs it."""
        file = SimpleUploadedFile(name, content)
        said = {"Authorization": f"Bearer {self.text}"}
        answer = self.client.post("/api/v1/files", {"file": file}, headers=said)
        assert answer.status_code == 201, answer.content.decode()
        return answer.json()["id"]


@pytest.fixture
def program(world: World) -> Callable[..., Program]:
    """`program("liaison", "handle", unit="hot_mill")` comes in with a token of this person, opened for today."""

    def program_of(word: str, scope: str = "handle", unit: str = "") -> Program:
        at = timezone.now()
        _, text = open_token(
            person=world.person(word),
            name="生产管理系统",
            scope=scope,
            unit=world.unit(unit) if unit else None,
            expires_on=local_day(at) + timedelta(days=30),
            by=world.actor(word, at),
            at=at,
        )
        return Program(text)

    return program_of
