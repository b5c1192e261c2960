"""The office's own layout asked for on the ledger's page: which layout fits, made by the worker."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import QueryDict

from bihuan.areas.ledgers.models import LedgerImport, LedgerRow
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Missing, Refused
from bihuan.org.models import Person
from bihuan.org.reads import actor_for
from bihuan.problems.exports.ask import note_export
from bihuan.problems.lists import Ledger
from bihuan.record.actions.enqueue import HAT, enqueue
from bihuan.record.actions.keep_file import keep_file
from bihuan.record.models import Job
from bihuan.record.replica import from_replica

from .own_layout import own_layout_book

KIND = "ledgers.export"
LABEL = "按单位原台账版式"
KEPT_DAYS = 30


class WholeLedger(Ledger):
    """The ledger's filters and order, with every column of a problem loaded."""

    def queryset(self) -> Any:
        return super().queryset().defer(None)


def layout_for(page: Ledger) -> LedgerImport:
    """The newest layout that fits what is listed: of an import whose rows are among it, else of a unit listed.

    Raises Missing where there is none.
    """
    done = LedgerImport.objects.filter(state=LedgerImport.State.DONE)
    shown = page.filtered().order_by()
    rows = LedgerRow.objects.filter(problem__in=shown.values("pk"), ledger__in=done).order_by("-ledger_id")
    newest = rows.values_list("ledger_id", flat=True).first()
    if newest:
        return done.get(pk=newest)
    found = done.filter(home__in=shown.values("unit")).order_by("-id").first()
    if found is None:
        raise Missing(
            "这些问题没有一件来自导入的台账，不知道用哪种版式", "换标准台账，或先导入一本单位的台账"
        )
    return found


@transaction.atomic
def ask_own_layout(*, query: str, by: Actor, at: datetime) -> Job:
    """Put the export on the worker's list. Raises Refused without the permission, Missing where no layout fits."""
    if not by.may("export"):
        raise Refused("你没有导出的权限", "请安全管理员授权")
    ledger = layout_for(WholeLedger(actor=by, at=at, params=QueryDict(query)))
    if ledger is None:
        raise Missing(
            "这些问题没有一件来自导入的台账，不知道用哪种版式", "换标准台账，或先导入一本单位的台账"
        )
    job = enqueue(kind=KIND, payload={"query": query, "ledger": ledger.pk}, by=by, at=at)
    note_export(job=job, layout="own", query=query, by=by, at=at)
    return job


def own_exports(by: Actor, at: datetime) -> QuerySet[Job]:
    """The exports this person asked for in the last thirty days, newest first. Nobody else's, ever."""
    since = at - timedelta(days=KEPT_DAYS)
    return Job.objects.filter(kind=KIND, requested_at__gte=since).asked_as(by).order_by("-id")


def offered(actor: Actor) -> str | None:
    """The line under the entry of the export menu; None where no ledger was ever imported."""
    last = LedgerImport.objects.filter(state=LedgerImport.State.DONE).order_by("-id").first()
    if last is None or not actor.may("export"):
        return None
    return "列和表头照本单位导入过的台账，内容是现在的"


def run_export(run: Any) -> None:
    """Handler of the job, with the rights the asker has by now. Leaves {"file", "name", "rows"} as result."""
    person = Person.objects.select_related("unit").get(pk=run.job.requested_by_id)
    actor = actor_for(person, at=run.at, wear=run.payload.get(HAT))
    if not actor.may("export"):
        raise Refused("导出的权限已经收回，没有导出", "请安全管理员核对授权")
    page = WholeLedger(actor=actor, at=run.at, params=QueryDict(run.payload["query"]))
    ledger = LedgerImport.objects.get(pk=run.payload["ledger"])
    path, rows = make_book(
        page, ledger, told=lambda done, total: run.progress(done, total, f"已写 {done} 件")
    )
    name = f"{ledger.layout.get('title') or '台账'}_{local_day(run.at):%Y%m%d}.xlsx"
    try:
        with path.open("rb") as content:
            stored = keep_file(content=content, name=name, by=actor, at=run.at)
    finally:
        path.unlink(missing_ok=True)
    run.progress(rows, rows, f"共 {rows} 件")
    run.result = {"file": stored.pk, "name": name, "rows": rows}


@from_replica
def make_book(
    page: Ledger, ledger: LedgerImport, *, told: Callable[[int, int], Any] = lambda done, total: None
) -> tuple[Path, int]:
    """What this page lists in that layout, in a temporary file that the caller takes away, and its rows."""
    total = page.filtered().order_by().count()
    above = [page.sentence.text]
    path = own_layout_book(ledger, page.each(), above=above, told=lambda done: told(done, total))
    return path, total
