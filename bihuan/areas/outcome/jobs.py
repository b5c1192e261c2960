"""The worker makes packs, with the rights that whoever asked has at that moment."""

from __future__ import annotations

from collections.abc import Iterator

from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused
from bihuan.org.models import Person
from bihuan.org.reads import actor_for
from bihuan.record.actions.enqueue import HAT
from bihuan.record.actions.run_job import JobRun

from .actions.keep_pack import keep_pack
from .exports import Entry, entries_of, zipped
from .models import EvidencePack
from .policies.checking import may_look_at
from .reads.checking import checked_of
from .words import pack_name


def make_pack(run: JobRun) -> None:
    """Handler of the job. A pack that is made stays as it is; one that was broken off is made from the beginning."""
    pack = EvidencePack.objects.select_related("visit", "task__org", "task__round").get(
        pk=run.payload["pack"]
    )
    if pack.made_on is None:
        _make(pack, run)
    run.progress(1, 1, "做好了")


def _make(pack: EvidencePack, run: JobRun) -> None:
    person = Person.objects.select_related("unit").get(pk=pack.asked_by_id)
    by = actor_for(person, at=run.at, wear=run.payload.get(HAT))
    if not may_look_at(pack.visit, by, local_day(run.at)):
        raise Refused("查验期限已经结束，没有做佐证包", "要的话请巡察办延长期限")
    found = checked_of(pack.task, set(pack.numbers))
    files = [0]

    def told(done: int, total: int) -> None:
        run.progress(done, total + 1, f"已写 {done} 件问题")

    def counted() -> Iterator[Entry]:
        for entry in entries_of(found, by, run.at, told):
            files[0] += 1
            yield entry

    name = pack_name(pack.task.org.shown, f"{local_day(run.at):%Y%m%d}")
    keep_pack(pack=pack, pieces=zipped(counted(), run.at), name=name, entries=files, by=by, at=run.at)
