"""The first right code: from now on the sign-in asks for one. Ten recovery codes come with it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Invalid, Stale
from bihuan.org.codes import plain, step_of
from bihuan.org.models import Account, Totp
from bihuan.org.policies import insist, may_set_second
from bihuan.record.actions.append import append
from bihuan.record.strongbox import take_out

from .make_recovery_codes import write_codes
from .start_totp import purpose
from .try_secret import forgive, try_secret


def confirm_totp(*, account: Account, code: str, by: Actor, at: datetime) -> list[str]:
    """Returns the recovery codes in the clear, kept nowhere. Raises Invalid for a wrong code."""
    insist(may_set_second(account, by))
    totp = Totp.objects.filter(account=account, confirmed_on=None).first()
    if totp is None:
        raise Stale("动态口令已经启用，或者还没有开始设置")
    try_secret(account=account, at=at, field="code")
    step = step_of(take_out(totp.sealed, purpose(account)), plain(code), at)
    if step is None:
        raise Invalid("动态码不对", "核对手机时间，输入现在显示的 6 位数字", field="code")
    forgive(account)
    return _confirm(totp, step, by, at)


@transaction.atomic
def _confirm(totp: Totp, step: int, by: Actor, at: datetime) -> list[str]:
    waiting = Totp.objects.filter(pk=totp.pk, confirmed_on=None)
    if not waiting.update(confirmed_on=at, last_step=step):
        raise Stale("动态口令已经启用")
    append(stream=f"account:{totp.account_id}", kind="account.totp_set", by=by, at=at)
    return write_codes(totp.account, at)
