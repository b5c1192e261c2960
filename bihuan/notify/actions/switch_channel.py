"""Stop posting into a group, or begin again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Stale
from bihuan.notify.models import Channel
from bihuan.notify.policies import insist, may_manage_channels
from bihuan.record.actions.append import append


@transaction.atomic
def switch_channel(*, channel: Channel, active: bool, by: Actor, at: datetime) -> Channel:
    insist(may_manage_channels(by))
    if not Channel.objects.filter(pk=channel.pk, is_active=not active).update(is_active=active):
        raise Stale("已经是这样了")
    channel.is_active = active
    kind = "channel.started" if active else "channel.stopped"
    append(stream=f"channel:{channel.pk}", kind=kind, by=by, at=at, unit_id=channel.unit_id)
    return channel
