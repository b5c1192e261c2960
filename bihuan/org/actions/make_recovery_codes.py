"""Ten new recovery codes; the old ones open nothing any more."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused
from bihuan.org.codes import new_recovery_codes, plain
from bihuan.org.models import Account, RecoveryCode, Totp
from bihuan.org.policies import insist, may_set_second
from bihuan.record.actions.append import append
from bihuan.record.strongbox import digests


def kept_as(account: Account, code: str) -> list[str]:
    """How this code would stand in the database, one per key, newest first."""
    return digests(plain(code), f"recovery:{account.pk}")


def write_codes(account: Account, at: datetime) -> list[str]:
    """Replaces all codes of the account. Call inside a transaction."""
    clear = new_recovery_codes()
    RecoveryCode.objects.filter(account=account).delete()
    RecoveryCode.objects.bulk_create(
        [RecoveryCode(account=account, digest=kept_as(account, code)[0], made_on=at) for code in clear]
    )
    return clear


@transaction.atomic
def make_recovery_codes(*, account: Account, by: Actor, at: datetime) -> list[str]:
    """Returns the codes in the clear, kept nowhere."""
    insist(may_set_second(account, by))
    # an update, not a question: two who ask at once queue here, and the later codes are the ones that count
    if not Totp.objects.filter(account=account, confirmed_on__isnull=False).update(account=account):
        raise Refused("还没有启用动态口令，用不着备用码", "先设置动态口令")
    append(stream=f"account:{account.pk}", kind="account.codes_made", by=by, at=at)
    return write_codes(account, at)
