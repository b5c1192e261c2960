"""One line of the archive's catalogue: how many papers of a kind, how many pages, where they lie."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from bihuan.areas.inspection.models import Task
from bihuan.areas.outcome import words
from bihuan.areas.outcome.models import ArchiveItem
from bihuan.areas.outcome.policies.archiving import may_hand_over
from bihuan.areas.outcome.reads.archiving import behind_of
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.policies import insist
from bihuan.record.actions.append import append


@transaction.atomic
def hand_over_papers(
    *, task: Task, kind: str, secrecy: str, pages: int, place: str, by: Actor, at: datetime
) -> ArchiveItem:
    """How many there are is counted here. Once a task and kind."""
    insist(may_hand_over(task.round, by))
    left = next((one for one in behind_of(task.round).tasks if one.task.pk == task.pk), None)
    number = left.counts.get(kind, 0) if left else 0
    if not number:
        raise Refused("本任务没有这种材料", "从目录里选", field="kind")
    if secrecy not in dict(words.ARCHIVE_SECRECY):
        raise Refused("没有选知悉范围", "选一种", field="secrecy")
    if pages < 1 or not place.strip():
        raise Refused("页数和存放位置都要写", "如：120 页，巡察办档案柜 3 层", field="place")
    try:
        with transaction.atomic():
            made = ArchiveItem.objects.create(
                round=task.round, task=task, kind=kind, number=number, secrecy=secrecy, pages=pages,
                place=place.strip(), handed_over_at=at, handed_over_by_id=by.person_id,
            )  # fmt: skip
    except IntegrityError:
        raise Stale("这一项已经移交", "刷新页面看最新情况") from None
    append(
        stream=task.round.stream, kind="outcome.papers_handed_over", by=by, at=at, subject=str(task.round),
        data={"task": task.pk, "papers": kind, "count": number, "pages": pages},
    )  # fmt: skip
    return made
