"""Asking for an export, and finding those one asked for before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Invalid, Refused
from bihuan.record.actions.append import append
from bihuan.record.actions.enqueue import enqueue
from bihuan.record.models import Job

EXPORT = "problems.export"
KEPT_DAYS = 30
LETTERS = "letters"
LAYOUTS = {
    "page": "按本页的列和次序",
    "standard": "标准台账",
    "lists": "问题、任务、责任三个清单",
}
#: what can be asked for beside the layouts of the ledger
REGISTERS = {LETTERS: "督办函件登记簿"}
LABELS = LAYOUTS | REGISTERS


@transaction.atomic
def ask_export(*, layout: str, query: str, by: Actor, at: datetime, picked: Sequence[int] = ()) -> Job:
    """Put the export on the worker's list. `query` is the ledger's address; `picked` narrows it to these rows.

    Raises Refused without the permission, Invalid for an unknown layout. What may be seen is asked again when
    it is made, with the rights of that moment.
    """
    if not by.may("export"):
        raise Refused("你没有导出的权限", "请安全管理员授权")
    if layout not in LABELS:
        raise Invalid(f"没有“{layout}”这种导出", "从导出菜单里选一种")
    payload = {"layout": layout, "query": query, "picked": list(picked), "person": by.person_id}
    job = enqueue(kind=EXPORT, payload=payload, by=by, at=at)
    note_export(job=job, layout=layout, query=query, by=by, at=at)
    return job


def note_export(*, job: Job, layout: str, query: str, by: Actor, at: datetime) -> None:
    """That somebody takes rows out is an audited act: who, which layout, which filter."""
    append(
        stream=f"export:{job.pk}", kind="export.asked", by=by, at=at, seq=1, unit_id=by.unit_id,
        data={"layout": layout, "query": query[:500]},
    )  # fmt: skip


def own_exports(by: Actor, at: datetime) -> QuerySet[Job]:
    """The exports this person asked for in the last thirty days, newest first. Nobody else's, ever."""
    since = at - timedelta(days=KEPT_DAYS)
    return Job.objects.filter(kind=EXPORT, requested_at__gte=since).asked_as(by).order_by("-id")
