"""Write down that the standing committee heard and adopted a paper about a round."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from bihuan.areas.outcome.models import RoundPaper
from bihuan.areas.outcome.policies.round_papers import may_hear
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.policies import insist
from bihuan.record.actions.append import append

from .check_day import check_day


@transaction.atomic
def hear_round_paper(*, paper: RoundPaper, on: date, document: str, by: Actor, at: datetime) -> RoundPaper:
    """By somebody who did not write it."""
    insist(may_hear(paper, by))
    check_day(on=on, since=local_day(paper.written_at), what="成稿日期", at=at)
    if not document.strip():
        raise Refused("要写会议和文号", "如：党委常委会会议纪要〔2026〕9 号", field="document")
    values = {"heard_on": on, "heard_by_id": by.person_id, "document": document.strip()}
    here = RoundPaper.objects.filter(pk=paper.pk, heard_on=None, version=paper.version)
    if not here.update(**values):
        raise Stale()
    for name, value in values.items():
        setattr(paper, name, value)
    append(
        stream=paper.round.stream, kind="outcome.round_paper_heard", by=by, at=at, subject=str(paper.round),
        data={"round_code": paper.round.code, "paper": paper.kind, "on": on.isoformat(), "meeting": paper.document},
    )  # fmt: skip
    return paper
