"""Make findings of signed drafts: one of each, its words taken from the draft, citing it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from bihuan.areas.onsite.access import Standing
from bihuan.areas.onsite.actions.read_closed import read_closed
from bihuan.areas.onsite.models import Draft
from bihuan.areas.onsite.words import RESPONSIBILITIES
from bihuan.areas.outcome import words
from bihuan.areas.outcome.advance import touch
from bihuan.areas.outcome.models import Citation, Report, ReportFinding
from bihuan.areas.outcome.policies import may_write
from bihuan.areas.outcome.reads.citing import uncited, why_not
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused
from bihuan.org.policies import insist
from bihuan.record.actions.append import append
from bihuan.record.closed import shut


@transaction.atomic
def assemble(
    *, report: Report, drafts: Sequence[Draft], standing: Standing, by: Actor, at: datetime
) -> list[ReportFinding]:
    """In the order given. Raises Refused where one of them is not signed, or not of the report's task; a draft that is
    cited already is left out. The drafts are read, which is written down."""
    insist(may_write(report, standing))
    for draft in drafts:
        if why := why_not(draft, report.task_id):
            raise Refused(why, "先由组长签字，或改引现行版")
    free = {draft.pk for draft in uncited(report)}
    wanted = [draft for draft in drafts if draft.pk in free]
    if not wanted:
        raise Refused("没有可列入的底稿", "选组长签过、还没有列入的底稿")
    touch(report)
    said = read_closed(things=wanted, standing=standing, by=by, at=at)
    last = report.findings.aggregate(last=Max("order"))["last"] or 0
    made = [
        _finding(report, last + n, draft, text)
        for n, (draft, text) in enumerate(zip(wanted, said, strict=True), 1)
    ]
    append(
        stream=report.stream, kind="outcome.assembled", by=by, at=at, subject=str(report),
        data={"task": report.task_id, "drafts": [str(draft) for draft in wanted]},
    )  # fmt: skip
    return made


def _finding(report: Report, order: int, draft: Draft, text: dict[str, Any]) -> ReportFinding:
    made = ReportFinding(report=report, order=order, focus_id=draft.focus_id)
    shut(
        made,
        {
            "phenomenon": text.get("title", ""),
            "nature": text.get("nature", ""),
            "responsibility": _responsible(text.get("parties") or []),
            "basis": text.get("basis", ""),
        },
    )
    made.save(force_insert=True)
    Citation.objects.create(finding=made, draft=draft)
    return made


def _responsible(parties: list[dict[str, str]]) -> str:
    kinds = dict(RESPONSIBILITIES)
    return "；".join(
        words.bears(one.get("who", ""), kinds.get(one.get("kind", ""), words.RESPONSIBLE)) for one in parties
    )
