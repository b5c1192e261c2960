"""The worker makes the papers people asked for, with the rights they have at that moment."""

from __future__ import annotations

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused
from bihuan.org.models import Person
from bihuan.org.policies import insist
from bihuan.org.reads import actor_for
from bihuan.paper.form import lacks
from bihuan.record.actions.run_job import JobRun

from .actions.keep_made import keep_made
from .exports import make_paper
from .models import MadePaper
from .policies import kind_of, may_ask
from .words import file_name

STEPS = 3


def make_asked(run: JobRun) -> None:
    """Handler of the job; a paper that is made stays as it is. Dies with its sentence when it may not be made."""
    made = MadePaper.objects.get(pk=run.payload["made"])
    if made.made_on is None:
        by = actor_for(Person.objects.select_related("unit").get(pk=made.asked_by_id), at=run.at)
        _make(made, by, run)
    run.progress(STEPS, STEPS, "做好了")


def _make(made: MadePaper, by: Actor, run: JobRun) -> None:
    insist(may_ask(made.kind, made.about, made.which, by=by, at=run.at))
    kind = kind_of(made.kind)
    run.progress(0, STEPS, "读取内容")
    said = kind.facts(made.about, by, run.at)  # type: ignore[misc]  # `may_ask` has seen that it can be made
    if missing := lacks(kind.form, said.facts):
        raise ValueError(f"{made.kind} does not bring {missing}")
    run.progress(1, STEPS, "成文")
    files = make_paper(kind.form.outline, said.facts, want=(made.which,))
    content = files.docx if made.which == "docx" else files.pdf
    if content is None:
        raise Refused(files.why, "要 Word 版，在 Word 里另存为 PDF")
    run.progress(2, STEPS, "存放")
    keep_made(
        made=made, content=content, name=file_name(kind.form.label, said.name, made.which), by=by,
        subject=said.subject, unit_id=said.unit_id, at=run.at,
    )  # fmt: skip
