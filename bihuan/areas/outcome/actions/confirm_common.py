"""Confirm that a problem is common to several organisations of a round, name it and word the bulletin."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from bihuan.areas.inspection.models import Round
from bihuan.areas.outcome.models import CommonProblem
from bihuan.areas.outcome.policies.round_papers import may_sum_up
from bihuan.areas.outcome.reads.round_sums import least_of, shared_in
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.policies import insist
from bihuan.record.actions.append import append


@transaction.atomic
def confirm_common(
    *, round: Round, tag: str, title: str, text: str, by: Actor, at: datetime
) -> CommonProblem:
    """Only what at least so many organisations share as the round's pinned pack says."""
    insist(may_sum_up(round, by))
    found = next((one for one in shared_in(round) if one.tag == tag), None)
    if found is None:
        raise Refused(f"不到 {least_of(round)} 个党组织有这类问题", "从列出的里面认定", field="tag")
    if not title.strip() or not text.strip():
        raise Refused("名称和通报内容都要写", "写清是什么问题、各单位怎样自查", field="title")
    try:
        with transaction.atomic():
            made = CommonProblem.objects.create(
                round=round, tag=tag, title=title.strip(), text=text.strip(), orgs=len(found.orgs),
                items=found.items, confirmed_at=at, confirmed_by_id=by.person_id,
            )  # fmt: skip
    except IntegrityError:
        raise Stale("这一类已经认定", "刷新页面看最新情况") from None
    append(
        stream=round.stream, kind="outcome.common_confirmed", by=by, at=at, subject=str(round),
        data={"round_code": round.code, "orgs": made.orgs, "items": made.items},
    )  # fmt: skip
    return made
