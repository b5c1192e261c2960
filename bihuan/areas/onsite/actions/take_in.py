"""Take in what came by the public page: it becomes complaints, registered by the member the leader names."""

from __future__ import annotations

import random
from datetime import datetime

from django.db import transaction

from bihuan.areas.inspection.models import Task
from bihuan.areas.onsite.access import Standing
from bihuan.areas.onsite.models import Complaint, Submission, SubmissionFile
from bihuan.areas.onsite.policies import may_take_in
from bihuan.areas.onsite.reads.complaints import next_number
from bihuan.areas.onsite.reads.team import team_members
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused
from bihuan.org.models import Person
from bihuan.org.policies import insist
from bihuan.record.actions.append import append
from bihuan.record.actions.keep_closed import keep_closed
from bihuan.record.closed import opened, opened_content, shut

#: so many at once: files of each are opened and closed anew
MOST = 100


@transaction.atomic
def take_in(*, task: Task, registrar: Person, standing: Standing, by: Actor, at: datetime) -> list[Complaint]:
    """All that wait, MOST at a time, in an order of chance: the numbers say nothing of who came first. One that somebody
    else takes in at the same moment is left to them. Nobody reads anything here."""
    insist(may_take_in(task, standing))
    if registrar.pk not in {one.person_id for one in team_members(task)}:
        raise Refused(f"{registrar}不在授权的组员里", "选本组的人", field="registrar")
    waiting = list(Submission.objects.filter(task=task).order_by("pk")[:MOST])
    random.SystemRandom().shuffle(waiting)
    made = [
        done for one in waiting if (done := _taken(task, one, registrar, by, at)) is not None
    ]  # fmt: skip
    if not made:
        raise Refused("没有新到的来件", "刷新页面看最新情况")
    return made


def _taken(task: Task, one: Submission, registrar: Person, by: Actor, at: datetime) -> Complaint | None:
    said = opened(one)
    contents = dict(SubmissionFile.objects.filter(submission=one).values_list("order", "content"))
    SubmissionFile.objects.filter(submission=one).delete()
    if not Submission.objects.filter(pk=one.pk).delete()[0]:
        return None
    made = Complaint(
        task=task, number=next_number(task), channel="qr", received_on=one.received_on, named=one.named, public=True,
        registered_by=registrar, registered_at=at, receipt=one.receipt,
    )  # fmt: skip
    words = {
        "summary": "",
        "told": said["text"],
        "subject": said["about"],
        "rank": "unknown",
        "topic": "other",
    }
    shut(made, {**words, "sender": {"name": said["name"], "phone": said["phone"]}})
    made.save(force_insert=True)
    for order, file in enumerate(said["files"], 1):
        keep_closed(
            content=opened_content(file["key"], bytes(contents[order])), name=file["name"], owner=made,
            order=order, by=by, at=at,
        )  # fmt: skip
    append(
        stream=made.stream, seq=1, kind="onsite.complaint_registered", by=by, at=at, subject=str(made),
        data={
            "task": task.pk, "channel": "qr", "public": True, "registrar": registrar.pk,
            "files": len(said["files"]),
        },
    )  # fmt: skip
    return made
