"""要佐证包: have the worker put the rectification of one task together, or of some of its problems."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from bihuan.areas.inspection.models import Task
from bihuan.areas.outcome.models import CheckVisit, EvidencePack
from bihuan.areas.outcome.policies.checking import may_look_at
from bihuan.areas.outcome.reads.checking import checked_of
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Invalid, Missing
from bihuan.record.actions.append import append
from bihuan.record.actions.enqueue import enqueue

PACK = "outcome.pack"


def job_key(pack: EvidencePack) -> str:
    return f"{PACK}:{pack.pk}"


@transaction.atomic
def ask_pack(
    *, visit: CheckVisit, task: Task, numbers: Sequence[str] = (), by: Actor, at: datetime
) -> EvidencePack:
    """`numbers` name problems of the list; none means all. Raises Missing outside the term."""
    if not may_look_at(visit, by, local_day(at)) or not visit.tasks.filter(pk=task.pk).exists():
        raise Missing()
    shown = {line.problem.number for line in checked_of(task).lines}
    if not shown or not set(numbers) <= shown:
        raise Invalid("选的问题不在清单里", "从清单里选", field="numbers")
    made = EvidencePack.objects.create(
        visit=visit, task=task, numbers=sorted(numbers), asked_at=at, asked_by_id=by.person_id
    )
    enqueue(kind=PACK, payload={"pack": made.pk}, by=by, at=at, key=job_key(made))
    append(
        stream=visit.stream, kind="outcome.pack_asked", by=by, at=at, subject=visit.document,
        data={"task": task.pk, "count": len(numbers) or len(shown)},
    )  # fmt: skip
    return made
