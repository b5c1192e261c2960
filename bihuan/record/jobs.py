"""The jobs of memory itself: telling a room about an event, and running what is due by the clock."""

from __future__ import annotations

from bihuan.record.actions.run_job import JobRun
from bihuan.record.models import Event
from bihuan.record.verify import verify
from bihuan.registry import shelf

#: so many faults are shown on the page; the command names all
SHOWN_FAULTS = 200


def check_everything(run: JobRun) -> None:
    """The check an auditor asked for: the faults found are the result, in words."""
    faults: list[str] = []
    more = 0
    for fault in verify(say=run.progress):
        if len(faults) < SHOWN_FAULTS:
            faults.append(fault.line)
        else:
            more += 1
    found = len(faults) + more
    run.progress(1, 1, f"有 {found} 处与记下时不符" if found else "全部核对一致")
    run.result |= {"faults": faults, "more": more}


def deliver_reaction(run: JobRun) -> None:
    """Hand one event to one room, or each of many (`events`). Delivered at least once and in no promised order:
    reactions are idempotent. A room that no longer listens has nothing left to hear. One that fails on an event
    still hears the others; the job then fails, and all are told again."""
    pks = run.payload.get("events") or [run.payload["event"]]
    failed: list[Exception] = []
    for done, event in enumerate(Event.objects.filter(pk__in=pks).order_by("pk")):
        if len(pks) > 1:
            run.progress(done, len(pks))
        try:
            for reaction in shelf.listens(run.payload["room"], event.kind):
                reaction(event)
        except Exception as problem:
            failed.append(problem)
    if failed:
        raise failed[0]


def run_tick(run: JobRun) -> None:
    tick = shelf.ticks().get(run.payload["tick"])
    if tick is not None:
        tick.run(run.at)
