"""`python -m soak.crash.seed`: the house a crash series runs in, made by ordinary actions; prints what it holds."""

from __future__ import annotations

import json
import os
import sys
from datetime import timedelta
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bihuan.config.settings")

#: problems that wait for their closing, and problems that are long overdue and due for letters
CLOSABLE, OVERDUE = 40, 12


def fill(closable: int = CLOSABLE, overdue: int = OVERDUE) -> dict[str, Any]:
    """The small named world with problems in it, in a prepared or an empty database; what tests need to know of it."""
    from django.utils import timezone

    from bihuan.config.prepare import prepare
    from bihuan.kernel.actor import SYSTEM
    from bihuan.kernel.moment import local_day
    from bihuan.org.actions.open_account import open_account
    from bihuan.org.actions.open_token import open_token
    from bihuan.org.tests.world import PASSWORD, build
    from bihuan.problems.tests import story

    now = timezone.now()
    prepare(now)
    world = build(accounts=False)  # a good hash takes its time: only who comes in gets a password
    tokens = {}
    for word in ("safety_officer", "second_officer"):
        person = world.person(word)
        open_account(
            person=person, username=word, password=PASSWORD, must_change=False, by=SYSTEM, at=world.at
        )
        _, tokens[word] = open_token(
            person=person, name="soak", scope="handle", expires_on=local_day(now) + timedelta(days=30),
            by=world.actor(word, now), at=now,
        )  # fmt: skip
    numbers = [story.problem_in(world, "verifying").number for _ in range(closable)]
    for _ in range(overdue):
        story.problem_in(world, "rectifying")
    return {"tokens": tokens, "unit": world.unit("furnace").pk, "closable": numbers}


def main() -> None:
    import django

    django.setup()
    sys.stdout.write(json.dumps(fill()))


if __name__ == "__main__":
    main()
