"""Write an immediate rectification notice: what is to be put right before the team leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from bihuan.areas.inspection.models import Task
from bihuan.areas.onsite.access import Standing
from bihuan.areas.onsite.models import ImmediateNotice, NoticeItem
from bihuan.areas.onsite.policies.notices import may_write_notice, notice_fits
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused
from bihuan.org.models import Unit
from bihuan.org.policies import insist
from bihuan.record.actions.append import append

from .keep_numbered import keep_numbered


@dataclass(frozen=True, slots=True)
class ItemDraft:
    statement: str
    demand: str
    hazard: bool = False


@transaction.atomic
def write_notice(
    *,
    task: Task,
    unit: Unit,
    due_on: date,
    items: Sequence[ItemDraft],
    standing: Standing,
    by: Actor,
    at: datetime,
) -> ImmediateNotice:
    """One fact an item, each with what is demanded. The unit sees nothing before the leader issues it."""
    insist(may_write_notice(task, standing, local_day(at)))
    insist(notice_fits(task, unit, due_on, local_day(at)))
    if not items:
        raise Refused("一条问题也没有", "至少写一条", field="statement_1")
    for n, item in enumerate(items, 1):
        if not item.statement.strip() or not item.demand.strip():
            raise Refused(f"第 {n} 条没有写全", "问题和整改要求都要写", field=f"statement_{n}")
    made = ImmediateNotice(task=task, unit=unit, due_on=due_on, written_at=at, written_by_id=by.person_id)
    keep_numbered(thing=made)
    NoticeItem.objects.bulk_create(
        NoticeItem(
            notice=made, order=n, statement=item.statement.strip(), demand=item.demand.strip(),
            hazard=item.hazard,
        )
        for n, item in enumerate(items, 1)
    )  # fmt: skip
    data = {"task": task.pk, "unit": unit.pk, "items": len(items), "due": due_on.isoformat()}
    append(
        stream=made.stream, seq=1, kind="onsite.notice_written", by=by, at=at, subject=str(made), data=data
    )
    return made
