"""Let a stopped account sign in again, with a new initial password."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.models import Account
from bihuan.org.policies import insist, may_manage_accounts
from bihuan.record.actions.append import append

from .reset_password import reset_password


@transaction.atomic
def reopen_account(*, account: Account, by: Actor, at: datetime) -> str:
    insist(may_manage_accounts(by))
    left = account.person.left_on
    if left and left <= local_day(at):
        raise Refused(f"{account.person.name}已离开，账号不能再启用", "")
    if not Account.objects.filter(pk=account.pk, is_active=False).update(is_active=True):
        raise Stale("账号已经启用")
    account.is_active = True
    append(stream=f"account:{account.pk}", kind="account.reopened", by=by, at=at)
    return reset_password(account=account, by=by, at=at)
