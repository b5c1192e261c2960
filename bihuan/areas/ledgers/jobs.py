"""The slow halves of an import, for the worker: reading a large file, carrying it out."""

from __future__ import annotations

from bihuan.kernel.refused import Refused
from bihuan.org.models import Person
from bihuan.org.reads import actor_for
from bihuan.record.actions.run_job import JobRun

from .actions.load_import import load_import
from .actions.read_import import read_import
from .models import LedgerImport


def _asked(run: JobRun):
    """The import and whoever asked, with the rights they have now, not those they had then."""
    ledger = LedgerImport.objects.select_related("file", "home").get(pk=run.payload["ledger"])
    person = Person.objects.select_related("unit").get(pk=run.job.requested_by_id)
    return ledger, actor_for(person, at=run.at)


def read(run: JobRun) -> None:
    ledger, by = _asked(run)
    if ledger.state not in (LedgerImport.State.READING, LedgerImport.State.DRAFT):
        return
    run.progress(0, 2, "正在识别版面和逐行核对")
    read_import(ledger=ledger, by=by, at=run.at)
    run.progress(2, 2, "识别完了")


def load(run: JobRun) -> None:
    """Run twice it loads once: a second run finds the import done."""
    ledger, by = _asked(run)
    if ledger.state == LedgerImport.State.DONE:
        return
    run.progress(
        0, 2, f"正在写入 {ledger.counts.get('ok', 0) + ledger.counts.get('guessed', 0)} 行，整表一次写入"
    )
    try:
        load_import(ledger=ledger, by=by, at=run.at)
    except Refused:
        LedgerImport.objects.filter(pk=ledger.pk, state=LedgerImport.State.LOADING).update(
            state=LedgerImport.State.DRAFT
        )
        raise
    run.result["ledger"] = ledger.pk
    run.progress(2, 2, "导入完了")
