"""A person takes one of their passkeys away: a device that was given back or lost."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Stale
from bihuan.org.models import Passkey, Totp
from bihuan.org.policies import insist, may_do_without_second, may_set_second
from bihuan.record.actions.append import append


@transaction.atomic
def end_passkey(*, passkey: Passkey, by: Actor, at: datetime) -> None:
    account = passkey.account
    insist(may_set_second(account, by))
    keys = account.passkeys.filter(doubted_on=None).exclude(pk=passkey.pk)
    others = keys.exists() or Totp.objects.filter(account=account, confirmed_on__isnull=False).exists()
    insist(may_do_without_second(account, others=others, day=local_day(at)))
    gone, _ = Passkey.objects.filter(pk=passkey.pk).delete()
    if not gone:
        raise Stale("这个通行密钥已经删去")
    append(
        stream=f"account:{account.pk}",
        kind="account.passkey_ended",
        by=by,
        at=at,
        data={"passkey": passkey.pk},
    )
