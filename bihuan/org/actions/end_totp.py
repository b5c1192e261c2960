"""A person stops using an authenticator app: its secret and the recovery codes go."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Stale
from bihuan.org.models import Account, RecoveryCode, Totp
from bihuan.org.policies import insist, may_do_without_second, may_set_second
from bihuan.record.actions.append import append


@transaction.atomic
def end_totp(*, account: Account, by: Actor, at: datetime) -> None:
    insist(may_set_second(account, by))
    others = account.passkeys.filter(doubted_on=None).exists()
    insist(may_do_without_second(account, others=others, day=local_day(at)))
    gone, _ = Totp.objects.filter(account=account).delete()
    if not gone:
        raise Stale("动态口令已经停用")
    RecoveryCode.objects.filter(account=account).delete()
    append(stream=f"account:{account.pk}", kind="account.totp_ended", by=by, at=at)
