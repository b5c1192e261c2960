"""安排: let a check team of the upper level look at the rectification of some tasks, from a day to a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from bihuan.areas.inspection.models import Task
from bihuan.areas.outcome.models import CheckVisit
from bihuan.areas.outcome.policies.checking import may_open_check
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Invalid
from bihuan.org.models import Person
from bihuan.org.policies import insist
from bihuan.record.actions.append import append


@transaction.atomic
def open_check(
    *,
    body: str,
    document: str,
    tasks: Sequence[Task],
    members: Sequence[Person],
    from_on: date,
    until_on: date,
    by: Actor,
    at: datetime,
) -> CheckVisit:
    """`until_on` is the last day. Raises Refused: see `may_open_check`."""
    for name, value, what in (("body", body, "上级机关"), ("document", document, "来函文号")):
        if not value.strip():
            raise Invalid(f"没有写{what}", "照来函写", field=name)
    if not tasks or not members:
        raise Invalid(
            "任务和检查人员都要选", "选查验哪些任务、谁来", field="tasks" if not tasks else "members"
        )
    if until_on < from_on or until_on < local_day(at):
        raise Invalid("到期日早于开始日或今天", "改到期日", field="until_on")
    insist(may_open_check(tasks, members, until_on, by, local_day(at)))
    made = CheckVisit.objects.create(
        body=body.strip(), document=document.strip(), from_on=from_on, until_on=until_on, opened_at=at,
        opened_by_id=by.person_id,
    )  # fmt: skip
    made.tasks.set(tasks)
    made.members.set(members)
    append(
        stream=made.stream, kind="outcome.check_opened", by=by, at=at, seq=1, subject=made.document,
        data={
            "tasks": [task.pk for task in tasks], "people": [person.pk for person in members],
            "from": from_on.isoformat(), "until": until_on.isoformat(),
        },
    )  # fmt: skip
    return made
