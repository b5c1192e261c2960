"""Post one word into a group, now, to see that it arrives."""

from __future__ import annotations

from datetime import datetime

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused
from bihuan.notify.models import Channel
from bihuan.notify.policies import insist, may_manage_channels
from bihuan.notify.robots import Undelivered, Unknown
from bihuan.notify.words import TEST_POST
from bihuan.record.actions.append import append

from .open_channel import robot_of


def try_channel(*, channel: Channel, by: Actor, at: datetime) -> None:
    """Raises Refused with what the service said. Nothing is retried: whoever presses sees what happened."""
    insist(may_manage_channels(by))
    try:
        robot_of(channel).post(TEST_POST, at=at)
    except (Undelivered, Unknown) as fault:
        Channel.objects.filter(pk=channel.pk).update(failed_on=at, failure=str(fault)[:200])
        append(stream=f"channel:{channel.pk}", kind="channel.test_failed", by=by, at=at)
        raise Refused(str(fault), "核对地址、加签密钥和群里机器人的安全设置，再试") from fault
    Channel.objects.filter(pk=channel.pk).update(sent_on=at, failure="")
    append(stream=f"channel:{channel.pk}", kind="channel.tested", by=by, at=at)
