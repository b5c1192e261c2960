"""Write the round's own report, or the summary of the special action; its figures are counted here."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from bihuan.areas.inspection.models import Round
from bihuan.areas.outcome.models import RoundPaper
from bihuan.areas.outcome.policies.round_papers import may_amend_paper, may_sum_up
from bihuan.areas.outcome.reads.round_sums import sums_of
from bihuan.areas.outcome.words import ROUND_PAPERS
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.policies import insist
from bihuan.record.actions.append import append


@transaction.atomic
def write_round_paper(*, round: Round, kind: str, text: str, by: Actor, at: datetime) -> RoundPaper:
    """Anew until it was heard; each time the figures are those of that moment."""
    insist(may_sum_up(round, by))
    if kind not in dict(ROUND_PAPERS):
        raise Refused("没有这种文件", "选一种", field="kind")
    if not text.strip():
        raise Refused("没有写正文", "写情况、问题和建议；件数由系统统计", field="text")
    paper = RoundPaper.objects.filter(round=round, kind=kind).first()
    values = {
        "text": text.strip(),
        "figures": sums_of(round),
        "written_at": at,
        "written_by_id": by.person_id,
    }
    if paper is None:
        try:
            with transaction.atomic():
                paper = RoundPaper.objects.create(round=round, kind=kind, **values)
        except IntegrityError:
            raise Stale() from None
    else:
        insist(may_amend_paper(paper, by))
        here = RoundPaper.objects.filter(pk=paper.pk, heard_on=None, version=paper.version)
        if not here.update(**values, version=paper.version + 1):
            raise Stale()
        paper.refresh_from_db()
    append(
        stream=round.stream, kind="outcome.round_paper_written", by=by, at=at, subject=str(round),
        data={"round_code": round.code, "paper": kind, "total": paper.figures["total"], "done": paper.figures["done"]},
    )  # fmt: skip
    return paper
