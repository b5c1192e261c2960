"""Let a group chat hear of its people's notices: the address of its robot is sealed at once."""

from __future__ import annotations

import json
from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Invalid
from bihuan.notify.models import Channel
from bihuan.notify.policies import insist, may_manage_channels
from bihuan.notify.robots import Robot
from bihuan.org.models import Unit
from bihuan.record.actions.append import append
from bihuan.record.strongbox import shut_away, take_out


def purpose(channel: Channel) -> str:
    """What an address is closed for: the row of this number, which it has only once it is saved."""
    return f"channel:{channel.pk}"


def robot_of(channel: Channel) -> Robot:
    """Raises Refused when the key that closed the address is gone."""
    kept = json.loads(take_out(channel.sealed, purpose(channel)))
    return Robot(channel.kind, kept["address"], kept["secret"])


@transaction.atomic
def open_channel(
    *,
    name: str,
    kind: str,
    unit: Unit,
    address: str,
    by: Actor,
    at: datetime,
    secret: str = "",
    digest: bool = True,
    urgent: bool = True,
    mentions: bool = False,
) -> Channel:
    """Raises Invalid for an address that is not a robot of this kind: nothing is ever posted anywhere else."""
    insist(may_manage_channels(by))
    if not name.strip():
        raise Invalid("群名没有填", "填群的名字", field="name")
    if not digest and not urgent:
        raise Invalid("两种通知一种也没选", "至少选一种", field="digest")
    Robot(kind, address, secret).check()
    channel = Channel.objects.create(
        name=name.strip(), kind=kind, unit=unit, sealed="", tail=address.strip()[-4:], digest=digest,
        urgent=urgent, mentions=mentions, opened_on=at,
    )  # fmt: skip
    kept = json.dumps({"address": address.strip(), "secret": secret.strip()})
    channel.sealed = shut_away(kept, purpose(channel))
    Channel.objects.filter(pk=channel.pk).update(sealed=channel.sealed)
    append(
        stream=f"channel:{channel.pk}", kind="channel.opened", by=by, at=at, unit_id=unit.pk,
        data={"kind": kind, "digest": digest, "urgent": urgent, "mentions": mentions},
    )  # fmt: skip
    return channel
