"""台账改载: a newer version of the ledger states another end, for a problem that so far lives in the ledger alone."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.problems import states
from bihuan.problems.advance import advance
from bihuan.problems.models import Problem, TakeOver

from .take_over import Stated


@transaction.atomic
def restate(
    *, problem: Problem, state: str, progress: str, stated: Stated, by: Actor, at: datetime
) -> Problem:
    """Take what the ledger says now as what it states; still not verified here, still without a closer.

    Raises Refused once anybody has worked on the problem here: then only the loop moves it. Stale as ever.
    """
    closed = state == states.CLOSED
    advance(
        "restate",
        problem,
        by=by,
        at=at,
        target=state,
        changes={
            "progress": "done" if closed else progress,
            "stated_closed_on": stated.closed_on if closed else None,
        },
        data={"stated": stated.words, "stated_closed_on": str(stated.closed_on or "") if closed else ""},
    )
    TakeOver.objects.filter(problem=problem).update(
        stated_state=stated.words[:40],
        stated_closed_on=stated.closed_on,
        stated_verifier=stated.verifier[:120],
    )
    return problem
