"""A passkey opened the door: its counter moves on, and one that went back is a copy and opens nothing any more."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import NOBODY
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.models import Passkey
from bihuan.record.actions.append import append


def use_passkey(*, passkey: Passkey, sign_count: int, at: datetime) -> None:
    """`sign_count` is what the device said, after its signature was found right. Devices that do not count say 0.

    Raises Refused when the counter did not grow: two devices hold the key. By nobody yet, like `use_code`.
    """
    if passkey.doubted_on:
        raise Refused("这个通行密钥停用了", "用别的方式登录，再重新登记")
    counted = bool(sign_count or passkey.sign_count)
    if counted and sign_count <= passkey.sign_count:
        _doubt(passkey, at)
        raise Refused("这个通行密钥可能被复制过，已经停用", "用别的方式登录，再重新登记")
    moved = Passkey.objects.filter(pk=passkey.pk, sign_count=passkey.sign_count, doubted_on=None)
    if not moved.update(sign_count=sign_count, used_on=at):
        raise Stale("这个通行密钥刚刚用过", "再试一次")


@transaction.atomic
def _doubt(passkey: Passkey, at: datetime) -> None:
    if Passkey.objects.filter(pk=passkey.pk, doubted_on=None).update(doubted_on=at):
        append(
            stream=f"account:{passkey.account_id}", kind="account.passkey_doubted", by=NOBODY, at=at,
            data={"passkey": passkey.pk},
        )  # fmt: skip
