"""Begin with an authenticator app: a secret to scan, which counts only after a code proved that it arrived."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused
from bihuan.org.codes import new_secret
from bihuan.org.models import Account, Totp
from bihuan.org.policies import insist, may_set_second
from bihuan.record.strongbox import shut_away, take_out


def purpose(account: Account) -> str:
    """What the secret of this account is closed for: moved to another account's row it does not open."""
    return f"totp:{account.pk}"


@transaction.atomic
def start_totp(*, account: Account, by: Actor, at: datetime) -> str:
    """Returns the secret. Asked again before it is confirmed, it is the same one: a reloaded page changes nothing."""
    insist(may_set_second(account, by))
    fresh = shut_away(new_secret(), purpose(account))
    totp, _ = Totp.objects.get_or_create(account=account, defaults={"sealed": fresh, "made_on": at})
    if totp.confirmed_on:
        raise Refused("动态口令已经启用", "换手机的，先停用再重新设置")
    return take_out(totp.sealed, purpose(account))
