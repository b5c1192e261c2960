"""Begin the report of a task, or a special report on something common, for a functional department."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max

from bihuan.areas.inspection.models import Task
from bihuan.areas.onsite.access import Standing
from bihuan.areas.outcome import states
from bihuan.areas.outcome.models import Report
from bihuan.areas.outcome.policies import may_start
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Stale
from bihuan.org.models import Unit
from bihuan.org.policies import insist
from bihuan.record.actions.append import append
from bihuan.record.closed import shut


@transaction.atomic
def start_report(
    *, task: Task, standing: Standing, by: Actor, at: datetime, department: Unit | None = None
) -> Report:
    """One 巡察报告 a task; with a department it is a 专题报告, of which there may be several."""
    insist(may_start(task, standing))
    kind, number = "task", 0
    if department is not None:
        last = Report.objects.filter(task=task, kind="special").aggregate(last=Max("number"))["last"]
        kind, number = "special", (last or 0) + 1
    made = Report(
        task=task, kind=kind, number=number, department=department, made_at=at, made_by_id=by.person_id
    )
    shut(made, {"overall": "", "suggestions": ""})
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        raise Stale("报告已经有人起草", "刷新页面看最新情况") from None
    append(
        stream=made.stream, seq=1, kind=states.REPORT["start"].event, by=by, at=at, subject=str(made),
        data={"task": task.pk, "number": number, "to": states.DRAFTING},
    )  # fmt: skip
    return made
