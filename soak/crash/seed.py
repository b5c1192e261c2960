"""`python -m soak.crash.seed`: the house a crash series runs in, made by ordinary actions; prints what it holds."""

from __future__ import annotations

import json
import os
import sys
from datetime import timedelta

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bihuan.config.settings")

#: problems that wait for their closing, and problems that are long overdue and due for letters
CLOSABLE, OVERDUE = 40, 12


def main() -> None:
    import django

    django.setup()
    from django.utils import timezone

    from bihuan.config.prepare import prepare
    from bihuan.kernel.moment import local_day
    from bihuan.org.actions.open_token import open_token
    from bihuan.org.tests.world import build
    from bihuan.problems.tests import story

    now = timezone.now()
    prepare(now)
    world = build(accounts=True)
    tokens = {}
    for word in ("safety_officer", "second_officer"):
        person = world.person(word)
        _, tokens[word] = open_token(
            person=person, name="soak", scope="handle", expires_on=local_day(now) + timedelta(days=30),
            by=world.actor(word, now), at=now,
        )  # fmt: skip
    closable = [story.problem_in(world, "verifying").number for _ in range(CLOSABLE)]
    for _ in range(OVERDUE):
        story.problem_in(world, "rectifying")
    told = {"tokens": tokens, "unit": world.unit("furnace").pk, "closable": closable}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
