"""看限知悉问题: whoever reads one leaves a mark, apart from the problem's own thread: nobody acted on it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.problems.models import Problem
from bihuan.record.actions.append import append

KIND = "problem.read"


def note_read(*, problems: Iterable[Problem], by: Actor, at: datetime, via: str) -> int:
    """Write down that these were read; ordinary ones leave nothing. Returns how many were restricted.

    `via` is page, list, file, export or api. One problem gets an event in `problem-reads:<id>`, several read
    at once share one event of their reader.
    """
    read = [problem for problem in problems if problem.secrecy != "normal"]
    if not read:
        return 0
    with transaction.atomic():
        if len(read) == 1:
            one = read[0]
            append(
                stream=f"problem-reads:{one.pk}", kind=KIND, by=by, at=at, unit_id=one.unit_id,
                subject=one.number, data={"via": via, "ids": [one.pk]},
            )  # fmt: skip
        else:
            append(
                stream=f"problem-reads:by-{by.person_id}", kind=KIND, by=by, at=at,
                data={"via": via, "ids": [problem.pk for problem in read]},
            )  # fmt: skip
    return len(read)
