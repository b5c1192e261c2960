"""Ask that a problem be left out when the rectification is made public."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from bihuan.areas.onsite.access import Standing
from bihuan.areas.outcome.models import Exemption, FeedbackItem
from bihuan.areas.outcome.policies.publishing import may_ask_exemption
from bihuan.areas.outcome.words import EXEMPT_GROUNDS
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.policies import insist
from bihuan.record.actions.append import append


@transaction.atomic
def ask_exemption(
    *, item: FeedbackItem, ground: str, reason: str, standing: Standing, by: Actor, at: datetime
) -> Exemption:
    """Once a problem."""
    insist(may_ask_exemption(item, standing, by))
    if ground not in dict(EXEMPT_GROUNDS):
        raise Refused("没有选情形", "只有列出的情形可以不公开", field="ground")
    if not reason.strip():
        raise Refused("没有写理由", "写清为什么属于这种情形", field="reason")
    try:
        with transaction.atomic():
            made = Exemption.objects.create(
                item=item, ground=ground, reason=reason.strip(), asked_at=at, asked_by_id=by.person_id
            )
    except IntegrityError:
        raise Stale("这一件已经申请过", "刷新页面看最新情况") from None
    append(
        stream=item.feedback.stream, kind="outcome.exemption_asked", by=by, at=at, subject=str(item.feedback),
        data={"task": item.feedback.task_id, "item": item.order, "ground": ground},
    )  # fmt: skip
    return made
