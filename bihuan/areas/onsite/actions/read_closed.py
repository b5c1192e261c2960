"""Open what is closed: ask the table, write down who read it, then open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from bihuan.areas.onsite.access import Standing
from bihuan.areas.onsite.policies import may_read
from bihuan.areas.onsite.policies.reading import Thing
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Missing
from bihuan.org.policies import insist
from bihuan.record.actions.append import append
from bihuan.record.closed import opened


@transaction.atomic
def read_closed(
    *, things: Sequence[Thing], standing: Standing, by: Actor, at: datetime
) -> list[dict[str, Any]]:
    """The words of these rows (of one task and one kind), in their order. One of them is an event of its own stream;
    a list of several is one event of the task that names each. Raises Missing where a row does not exist for this
    person, Refused where it does and its words do not."""
    if not things:
        return []
    first = things[0]
    rows = type(first).objects.readable_by(standing).filter(pk__in=[thing.pk for thing in things])
    readable = set(rows.values_list("pk", flat=True))
    for thing in things:
        if thing.pk not in readable:
            may = may_read(thing, standing)
            if may.hidden:
                raise Missing()
            insist(may)
    kind = first.DATA.value
    append(
        stream=first.stream if len(things) == 1 else f"onsite-task:{first.task_id}",
        kind="onsite.read",
        by=by,
        at=at,
        subject=str(first) if len(things) == 1 else "",
        data={
            "task": first.task_id,
            "thing": kind,
            "opened": [str(thing) for thing in things],
            "as": sorted(standing.hats),
        },
    )
    return [opened(thing) for thing in things]
