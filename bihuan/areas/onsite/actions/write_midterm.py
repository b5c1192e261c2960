"""Write the mid-term report."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.inspection.models import Task
from bihuan.areas.onsite.access import Standing
from bihuan.areas.onsite.models import Midterm
from bihuan.areas.onsite.policies.daily import may_write_midterm
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused
from bihuan.org.policies import insist
from bihuan.record.actions.append import append
from bihuan.record.closed import shut

from .keep_numbered import keep_numbered


@transaction.atomic
def write_midterm(*, task: Task, text: str, standing: Standing, by: Actor, at: datetime) -> Midterm:
    """A team may report more than once; each report is heard by itself."""
    insist(may_write_midterm(task, standing, local_day(at)))
    if not text.strip():
        raise Refused("要写汇报内容", "写进展、发现的主要问题和下一步", field="text")
    made = Midterm(task=task, written_at=at, written_by_id=by.person_id)
    shut(made, {"text": text.strip(), "opinions": ""})
    keep_numbered(thing=made)
    append(
        stream=made.stream, seq=1, kind="onsite.midterm_written", by=by, at=at, subject=str(made),
        data={"task": task.pk},
    )  # fmt: skip
    return made
