"""Ask the organisation for documents: a list, one row each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from bihuan.areas.inspection.models import Task
from bihuan.areas.onsite.access import Standing
from bihuan.areas.onsite.models import Loan
from bihuan.areas.onsite.policies.daily import may_work_on_site
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused
from bihuan.org.policies import insist
from bihuan.record.actions.append import append

from .keep_numbered import keep_numbered

_LONGEST = 200


@transaction.atomic
def ask_documents(
    *,
    task: Task,
    items: Sequence[str],
    due_on: date,
    period: str = "",
    standing: Standing,
    by: Actor,
    at: datetime,
) -> list[Loan]:
    """The liaison of the organisation sees the list at once."""
    insist(may_work_on_site(task, standing, local_day(at)))
    wanted = [item.strip() for item in items if item.strip()]
    if not wanted:
        raise Refused("一项也没有写", "一行写一项资料", field="items")
    if any(len(item) > _LONGEST for item in wanted):
        raise Refused(f"有一项超过 {_LONGEST} 个字", "写资料的名称，不写内容", field="items")
    if due_on < local_day(at):
        raise Refused("要求提供的日期在今天以前", "选今天或以后", field="due_on")
    made = []
    for item in wanted:
        loan = Loan(
            task=task, item=item, period=period.strip(), due_on=due_on, asked_at=at, asked_by_id=by.person_id
        )
        keep_numbered(thing=loan)
        data = {"task": task.pk, "due": due_on.isoformat()}
        append(
            stream=loan.stream, seq=1, kind="onsite.loan_asked", by=by, at=at, subject=str(loan), data=data
        )
        made.append(loan)
    return made
