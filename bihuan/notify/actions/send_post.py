"""Post into a group, once: claim first, then post, and give the claim back only if it surely did not arrive."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction

from bihuan.notify.models import Channel, Post
from bihuan.notify.robots import Undelivered, Unknown

from .open_channel import robot_of


def send_post(
    *, channel: Channel, day: date, slot: str, text: str, at: datetime, mobiles: Sequence[str] = ()
) -> bool:
    """False when it was posted under this slot before. Undelivered releases the claim and is raised, so that the
    job tries again; when nobody knows, the claim stays: twice is worse than reading it in the product."""
    post = _claim(channel, day, slot, at)
    if post is None:
        return False
    try:
        robot_of(channel).post(text, mobiles=mobiles, at=at)
    except Undelivered as fault:
        post.delete()
        Channel.objects.filter(pk=channel.pk).update(failed_on=at, failure=str(fault)[:200])
        raise
    except Unknown as fault:
        Channel.objects.filter(pk=channel.pk).update(failed_on=at, failure=str(fault)[:200])
        return False
    Post.objects.filter(pk=post.pk).update(sent_on=at)
    Channel.objects.filter(pk=channel.pk).update(sent_on=at, failure="")
    return True


def _claim(channel: Channel, day: date, slot: str, at: datetime) -> Post | None:
    try:
        with transaction.atomic():
            return Post.objects.create(channel=channel, day=day, slot=slot[:130], claimed_on=at)
    except IntegrityError:
        return None
