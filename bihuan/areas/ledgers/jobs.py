"""The slow halves of an import, for the worker: reading a large file, carrying it out."""

from __future__ import annotations

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused
from bihuan.org.models import Person
from bihuan.org.reads import actor_for
from bihuan.record.actions.enqueue import HAT
from bihuan.record.actions.run_job import JobRun

from .actions.give_back import give_back
from .actions.load_import import load_import
from .actions.read_import import OPEN, read_import
from .models import LedgerImport


def _asked(run: JobRun) -> tuple[LedgerImport, Actor]:
    """The import and whoever asked, with the rights they have now, not those they had then."""
    ledger = LedgerImport.objects.select_related("file", "home").get(pk=run.payload["ledger"])
    person = Person.objects.select_related("unit").get(pk=run.job.requested_by_id)
    return ledger, actor_for(person, at=run.at, wear=run.payload.get(HAT))


def read(run: JobRun) -> None:
    """Run twice it reads twice, with the same result."""
    ledger, by = _asked(run)
    if ledger.state not in OPEN:
        return
    run.progress(0, 2, "正在识别版面，逐行核对")
    with transaction.atomic():
        read_import(ledger=ledger, by=by, at=run.at)
        run.progress(2, 2, f"识别完了，{ledger.counts['all']} 行")


def load(run: JobRun) -> None:
    """Run twice it loads once: a second run finds the import done. The progress inside the transaction is the
    fence: a worker that was taken for dead cannot write behind the one that took over.
    """
    ledger, by = _asked(run)
    if ledger.state == LedgerImport.State.DONE:
        return
    count = ledger.counts.get("ok", 0) + ledger.counts.get("guessed", 0)
    run.progress(0, 2, f"正在写入 {count} 行，整表一次写入")
    try:
        with transaction.atomic():
            load_import(ledger=ledger, by=by, at=run.at)
            run.progress(2, 2, f"导入完了，{count} 行")
    except Refused as refused:
        give_back(job_id=run.job.pk, why="；".join(part for part in (refused.reason, refused.todo) if part))
        raise
    run.result["ledger"] = ledger.pk
