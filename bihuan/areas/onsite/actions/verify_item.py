"""Somebody of the team, not who wrote the notice, has seen that an item was put right."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.onsite.access import Standing
from bihuan.areas.onsite.models import NoticeItem
from bihuan.areas.onsite.policies.notices import may_verify_item
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.policies import insist
from bihuan.record.actions.append import append


@transaction.atomic
def verify_item(*, item: NoticeItem, note: str, standing: Standing, by: Actor, at: datetime) -> NoticeItem:
    """The team's own look; the closing in the loop stays with whoever closes there."""
    insist(may_verify_item(item, standing))
    if not note.strip():
        raise Refused("要写看到了什么", "如：现场看过，护栏已补装", field="note")
    changes = {"verified_at": at, "verified_by_id": by.person_id, "verified_note": note.strip()}
    if not NoticeItem.objects.filter(pk=item.pk, verified_at=None).update(**changes):
        raise Stale()
    append(
        stream=item.notice.stream, kind="onsite.item_verified", by=by, at=at, subject=str(item.notice),
        data={"task": item.notice.task_id, "order": item.order},
    )  # fmt: skip
    item.refresh_from_db()
    return item
