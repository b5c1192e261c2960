"""`python -m soak.crash.check < told.json`: what is wrong after the kills; nothing when nothing is."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bihuan.config.settings")


def faults(told: dict[str, Any]) -> Iterator[str]:
    """`told` holds what was sent (`said`: statements), what was acknowledged (`raised`, `closed`, `files`), and
    the statements of each import with whether its command ended well."""
    from bihuan.record.verify import verify

    yield from (fault.line for fault in verify())
    yield from _raised(told)
    yield from _closed(told)
    yield from _whole()
    yield from _imports(told)
    yield from _letters()


def _raised(told: dict[str, Any]) -> Iterator[str]:
    from bihuan.problems.models import Attachment, Problem

    sent = Counter(Problem.objects.filter(statement__in=told["said"]).values_list("statement", flat=True))
    yield from (f"doubled: {text}" for text, times in sent.items() if times > 1)
    for text, number in told["raised"].items():
        if not Problem.objects.filter(number=number, statement=text).exists():
            yield f"acknowledged and gone: {number}"
    for number, sha256 in told["files"].items():
        if Attachment.objects.filter(problem__number=number, file__sha256=sha256).count() != 1:
            yield f"acknowledged and without its photo: {number}"


def _closed(told: dict[str, Any]) -> Iterator[str]:
    from bihuan.problems.models import Closure, Problem

    for number in told["closed"]:
        problem = Problem.objects.get(number=number)
        if problem.closure != "closed" or Closure.objects.filter(problem=problem).count() != 1:
            yield f"closing acknowledged and not done once: {number}"


def _whole() -> Iterator[str]:
    """The version of a problem is the number of its last event: anything else is half done."""
    from bihuan.problems.models import Closure, Problem
    from bihuan.record.models import StreamHead

    heads = dict(StreamHead.objects.filter(stream__startswith="problem:").values_list("stream", "seq"))
    for problem in Problem.objects.all():
        if heads.get(problem.stream) != problem.version:
            yield f"half done: {problem.number} at {problem.version}, events {heads.get(problem.stream)}"
        if (problem.closure == "closed") != Closure.objects.filter(
            problem=problem
        ).exists() and not problem.taken_over:
            yield f"half closed: {problem.number}"


def _imports(told: dict[str, Any]) -> Iterator[str]:
    from bihuan.problems.models import Problem

    for name, (rows, ended) in told["imports"].items():
        found = Problem.objects.filter(statement__startswith=name).count()
        if found not in ((rows,) if ended else (0, rows)):
            yield f"import {name}: {found} of {rows} rows"


def _letters() -> Iterator[str]:
    from bihuan.problems.models import Letter

    numbers = Counter(Letter.objects.exclude(number="").exclude(number=None).values_list("number", flat=True))
    yield from (f"letter number twice: {number}" for number, times in numbers.items() if times > 1)
    steps = Counter(Letter.objects.values_list("problem", "round", "due_on", "unit", "step"))
    yield from (f"letter twice: {step}" for step, times in steps.items() if times > 1)


def main() -> None:
    import django

    django.setup()
    sys.stdout.write(json.dumps(list(faults(json.load(sys.stdin))), ensure_ascii=False))


if __name__ == "__main__":
    main()
