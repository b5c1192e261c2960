"""Every room says what it is, and Django really sees it."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.conf import settings

from . import source

ROOMS = source.rooms()
WITHOUT_APP = {"kernel", "registry"}


def app_name(room) -> str:
    return ".".join(room.relative_to(source.HOME).parts)


@pytest.mark.parametrize("room", ROOMS, ids=app_name)
def test_a_room_introduces_itself(room):
    readme = room / "README.md"
    assert readme.exists(), f"{source.short(room)}: what it knows, its words, its door, in ten lines"
    lines = [line for line in readme.read_text("utf-8").splitlines() if line.strip()]
    assert 3 <= len(lines) <= 40


@pytest.mark.parametrize("room", [r for r in ROOMS if r.name not in WITHOUT_APP], ids=app_name)
def test_django_sees_the_room_as_it_introduces_itself(room):
    """Two AppConfigs in one apps.py, or a misspelt one, and Django takes a plain default without a word."""
    config = apps.get_app_config(room.name)
    assert config.label == room.name
    assert config.name == app_name(room)
    assert type(config).__module__ == f"{config.name}.apps", "its AppConfig is silently ignored"


def test_every_area_on_the_disk_is_installed():
    on_disk = {app_name(room) for room in ROOMS if room.parent.name == "areas"}
    assert on_disk == set(settings.AREAS)
