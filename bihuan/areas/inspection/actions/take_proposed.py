"""List in a round the organisations that the kept proposal puts there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from bihuan.areas.inspection.models import Framework, ProposedTask, Round, Task
from bihuan.areas.inspection.policies import may_change_tasks
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused
from bihuan.org.policies import insist

from .add_task import add_task


@transaction.atomic
def take_proposed(
    *, round: Round, rows: Iterable[ProposedTask], framework: Framework, entry: str, from_day: date, to_day: date,
    by: Actor, at: datetime,
) -> list[Task]:  # fmt: skip
    """All of them as regular tasks, or none."""
    insist(may_change_tasks(round, by))
    wanted = list(rows)
    if not wanted:
        raise Refused("一家也没有选", "勾上要列入的", field="rows")
    return [
        add_task(
            round=round, org=row.org, mode="regular", framework=framework, entry=entry, from_day=from_day,
            to_day=to_day, by=by, at=at,
        )
        for row in wanted
    ]  # fmt: skip
