"""The leading group lets a problem stay unpublished, or not."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.onsite.access import Standing
from bihuan.areas.outcome.models import Exemption
from bihuan.areas.outcome.policies.publishing import may_decide_exemption
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.policies import insist
from bihuan.record.actions.append import append


@transaction.atomic
def decide_exemption(
    *, exemption: Exemption, granted: bool, answer: str, standing: Standing, by: Actor, at: datetime
) -> Exemption:
    insist(may_decide_exemption(exemption, standing))
    if not granted and not answer.strip():
        raise Refused("不同意要写理由", "写明为什么应当公开", field="answer")
    values = {"granted": granted, "decided_at": at, "decided_by_id": by.person_id, "answer": answer.strip()}
    if not Exemption.objects.filter(pk=exemption.pk, granted=None).update(**values):
        raise Stale()
    for name, value in values.items():
        setattr(exemption, name, value)
    feedback = exemption.item.feedback
    append(
        stream=feedback.stream, kind="outcome.exemption_decided", by=by, at=at, subject=str(feedback),
        data={"task": feedback.task_id, "item": exemption.item.order, "granted": granted},
    )  # fmt: skip
    return exemption
