"""A body hands in its own report on the visit."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from bihuan.areas.joint.models import JointPart
from bihuan.areas.joint.policies import may_report
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.policies import insist
from bihuan.record.actions.append import append
from bihuan.record.models import StoredFile


@transaction.atomic
def report_part(
    *, part: JointPart, received_on: date, number: str, by: Actor, at: datetime, file: StoredFile | None = None,
    file_name: str = "",
) -> JointPart:  # fmt: skip
    """Once. Without a `file` the report stays on paper and only its number is kept."""
    insist(may_report(part, by))
    if not number.strip():
        raise Refused("报告要有文号", "写文号，如“晋岭审〔2026〕12 号”", field="number")
    if received_on > local_day(at):
        raise Refused("报告日期在今天以后", "收到以后再登记", field="received_on")
    values = {
        "received_on": received_on, "number": number.strip(), "file": file, "file_name": file_name,
        "reported_at": at, "reported_by_id": by.person_id,
    }  # fmt: skip
    if not JointPart.objects.filter(pk=part.pk, reported_at=None).update(**values):
        raise Stale("报告已经交过")
    for name, value in values.items():
        setattr(part, name, value)
    append(
        stream=part.joint.stream, kind="joint.reported", by=by, at=at, subject=str(part.joint), unit_id=part.unit_id,
        data={"part_unit": part.unit_id, "on": received_on.isoformat()},
    )  # fmt: skip
    return part
