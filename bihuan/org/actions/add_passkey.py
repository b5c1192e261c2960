"""A passkey of a device is kept: its public key, never anything secret."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused
from bihuan.org.models import Account, Passkey
from bihuan.org.policies import insist, may_set_second
from bihuan.record.actions.append import append

MOST = 10


@dataclass(frozen=True, slots=True)
class NewPasskey:
    """What the browser's answer was checked to be; ids and keys are base64url text."""

    credential: str
    public_key: str
    sign_count: int


@transaction.atomic
def add_passkey(*, account: Account, new: NewPasskey, name: str, by: Actor, at: datetime) -> Passkey:
    insist(may_set_second(account, by))
    if account.passkeys.count() >= MOST:
        raise Refused(f"已经登记了 {MOST} 个通行密钥", "先删去不用的")
    try:
        with transaction.atomic():
            key = Passkey.objects.create(
                account=account, name=name.strip()[:40] or f"通行密钥 {at:%Y-%m-%d}", credential=new.credential,
                public_key=new.public_key, sign_count=new.sign_count, made_on=at,
            )  # fmt: skip
    except IntegrityError:
        raise Refused("这个通行密钥已经登记过", "换一台设备，或用已有的") from None
    append(
        stream=f"account:{account.pk}", kind="account.passkey_added", by=by, at=at, data={"passkey": key.pk}
    )
    return key
