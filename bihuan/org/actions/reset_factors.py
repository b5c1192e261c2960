"""The phone is lost and the recovery codes too: the security administrator takes all second factors away.

Not the system administrator: who can give passwords must not also take away what protects from given passwords.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused
from bihuan.org.models import Account, Passkey, RecoveryCode, Totp
from bihuan.org.policies import insist, may_reset_factors
from bihuan.record.actions.append import append

from .try_secret import forgive


@transaction.atomic
def reset_factors(*, account: Account, by: Actor, at: datetime) -> Account:
    """Every session of the account ends too: whoever holds the lost phone may be in one."""
    insist(may_reset_factors(account, by))
    totp, _ = Totp.objects.filter(account=account).delete()
    RecoveryCode.objects.filter(account=account).delete()
    keys, _ = Passkey.objects.filter(account=account).delete()
    if not totp and not keys:
        raise Refused(f"{account.person.name}没有设置第二步验证", "")
    forgive(account)
    Account.objects.filter(pk=account.pk).update(session_round=F("session_round") + 1)
    append(
        stream=f"account:{account.pk}", kind="account.factors_reset", by=by, at=at, data={"passkeys": keys}
    )
    return account
