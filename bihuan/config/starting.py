"""What every command begins with, and the only place from which a command takes the time."""

from __future__ import annotations

import os
from typing import Any

import typer


def say(text: str) -> None:
    typer.echo(text)


def django() -> None:
    """Only the commands that need it pay for start-up: `--help` answers at once."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bihuan.config.settings")
    from django import setup

    setup()


def now() -> Any:
    from django.utils import timezone

    return timezone.now()
