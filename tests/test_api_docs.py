"""The examples of docs/api.md, run as they stand there with the real curl against a real server."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import time
import types

import pytest

from bihuan.problems.models import Problem
from bihuan.problems.tests.story import photo, raised
from tests.guards.source import HOME

PAGE = (HOME / "docs" / "api.md").read_text(encoding="utf-8")
COMMANDS = [
    line.strip()
    for block in re.findall(r"```sh\n(.*?)```", PAGE, flags=re.S)
    for line in block.replace("\\\n", " ").splitlines()
    if line.strip()
]


def run(command: str, env: dict[str, str]) -> dict:
    done = subprocess.run(
        ["bash", "-c", command], env={**os.environ, **env, "no_proxy": "*"}, capture_output=True, timeout=60
    )
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


@pytest.mark.django_db(transaction=True)
def test_the_examples_work_as_they_stand(live_server, settings, tmp_path):
    from bihuan.org.tests.fixtures import Program
    from bihuan.org.tests.world import build

    assert shutil.which("curl"), "没有 curl：apt-get install curl"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    world = build()
    problem = raised(world)
    picture = tmp_path / "现场.jpg"
    picture.write_bytes(photo("curl").content.read())
    env = {
        "TOKEN": _token(world, Program),
        "HOUSE": live_server.url,
        "NUMBER": problem.number,
        "UNIT": str(world.unit("furnace").pk),
        "PHOTO": str(picture),
        "KEY": "3f0f4a52-7c1e-4f6e-9b41-1d2c",
    }
    assert len(COMMANDS) == 8
    told = []
    for command in COMMANDS:
        told.append(run(command, env))
        env |= {"FILE": told[-1]["id"]} if "-F" in command else {}
        assert "code" not in told[-1] or "label" in told[-1], told[-1]
    assert told[0]["scope"] == "handle" and told[2]["number"] == problem.number
    assert Problem.objects.count() == 2 and told[-1]["said"]
    assert problem.attachments.count() == 1


def _token(world, program) -> str:
    from datetime import timedelta

    from django.utils import timezone

    from bihuan.kernel.moment import local_day
    from bihuan.org.actions.open_token import open_token

    at = timezone.now()
    _, text = open_token(
        person=world.person("safety_officer"), name="curl", scope="handle",
        expires_on=local_day(at) + timedelta(days=1), by=world.actor("safety_officer", at), at=at,
    )  # fmt: skip
    return program(text).text


def test_the_check_of_a_signature_that_the_page_gives_is_right():
    """The Python that receivers copy, run on what we send."""
    from datetime import UTC, datetime, timedelta

    from bihuan.notify.actions.send_deliveries import signature

    code = re.search(r"```python\n(.*?)```", PAGE, flags=re.S)[1]
    copied = types.ModuleType("copied")
    exec(compile(code, "docs/api.md", "exec"), copied.__dict__)
    now = datetime.fromtimestamp(time.time(), UTC)
    body = b'{"id":"1"}'
    assert copied.genuine("whs_x", signature(b"whs_x", now, body), body)
    assert not copied.genuine("whs_y", signature(b"whs_x", now, body), body)
    assert not copied.genuine("whs_x", signature(b"whs_x", now, body), body + b" ")
    assert not copied.genuine("whs_x", signature(b"whs_x", now - timedelta(minutes=6), body), body)
