"""The second step of a sign-in: a code of the authenticator app, or a recovery code. Each counts once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import NOBODY
from bihuan.kernel.refused import Invalid
from bihuan.org.codes import is_one_time, plain, step_of
from bihuan.org.models import Account, RecoveryCode, Totp
from bihuan.record.actions.append import append
from bihuan.record.strongbox import take_out

from .make_recovery_codes import kept_as
from .note_visit import note_visit
from .start_totp import purpose
from .try_secret import forgive, try_secret

TOTP, RECOVERY = "totp", "recovery"


def use_code(*, account: Account, code: str, at: datetime) -> str:
    """Returns what it was, `totp` or `recovery`. Raises Invalid for a wrong, used or unknown code, and Refused
    after too many wrong ones. By nobody yet: the person is not signed in before this succeeds."""
    try_secret(account=account, at=at, field="code")
    typed = plain(code)
    way = _totp(account, typed, at) if is_one_time(typed) else _recovery(account, typed, at)
    forgive(account)
    return way


def _totp(account: Account, code: str, at: datetime) -> str:
    totp = Totp.objects.filter(account=account, confirmed_on__isnull=False).first()
    step = step_of(take_out(totp.sealed, purpose(account)), code, at) if totp else None
    if totp is None or step is None:
        raise _noted(account, at, "动态码不对", "输入手机上现在显示的 6 位数字；手机不在身边用备用码")
    if not Totp.objects.filter(pk=totp.pk, last_step__lt=step).update(last_step=step):
        raise _noted(account, at, "这个动态码用过了", "等手机上换了下一个再输")
    return TOTP


def _recovery(account: Account, code: str, at: datetime) -> str:
    with transaction.atomic():
        unused = RecoveryCode.objects.filter(account=account, used_on=None)
        if unused.filter(digest__in=kept_as(account, code)).update(used_on=at):
            left = unused.count()
            append(
                stream=f"account:{account.pk}",
                kind="account.recovery_used",
                by=NOBODY,
                at=at,
                data={"left": left},
            )
            return RECOVERY
    raise _noted(account, at, "备用码不对，或者已经用过", "每个备用码只能用一次；都用完了请安全管理员重设")


def _noted(account: Account, at: datetime, reason: str, todo: str) -> Invalid:
    """The refusal, after the record has it."""
    note_visit(account=account, visit="second_failed", by=NOBODY, at=at)
    return Invalid(reason, todo, field="code")
