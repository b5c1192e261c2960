"""Take problems that already live in the loop (from a ledger, from a notice) into the task that found them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction

from bihuan.areas.inspection.models import Finding, Task
from bihuan.areas.inspection.policies import may_adopt
from bihuan.areas.inspection.reads.problems import adoptable
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.policies import insist
from bihuan.problems.models import Problem
from bihuan.record.actions.append import append


@transaction.atomic
def adopt_problems(*, task: Task, problems: Iterable[Problem], by: Actor, at: datetime) -> int:
    """Those of the organisation's units that no round has taken yet; the others are refused as a whole."""
    insist(may_adopt(task, by))
    wanted = {problem.pk for problem in problems}
    fitting = set(adoptable(task, by).filter(pk__in=wanted).values_list("pk", flat=True))
    if not wanted:
        raise Refused("一件也没有选", "先选问题")
    if wanted != fitting:
        raise Refused(
            f"有 {len(wanted - fitting)} 件不能归入：不是{task.org}所属单位的，或已归入别的轮次",
            "刷新页面再选",
        )
    rows = [
        Finding(task=task, problem_id=pk, adopted_at=at, adopted_by_id=by.person_id) for pk in sorted(fitting)
    ]
    try:
        with transaction.atomic():
            Finding.objects.bulk_create(rows, batch_size=500)
    except IntegrityError:  # a problem has one round: somebody took one of them meanwhile
        raise Stale() from None
    append(
        stream=task.round.stream,
        kind="inspection.problems_adopted",
        by=by,
        at=at,
        subject=str(task.round),
        data={"round_code": task.round.code, "org": task.org_id, "number_adopted": len(fitting)},
    )
    return len(fitting)
