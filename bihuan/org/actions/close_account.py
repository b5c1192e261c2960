"""Stop an account. The person stays; nobody signs in with it any more."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.models import Account
from bihuan.org.policies import insist, may_do_without, may_manage_accounts
from bihuan.record.actions.append import append

from .revoke_token import revoke_tokens


@transaction.atomic
def close_account(*, account: Account, by: Actor, at: datetime, why: str = "") -> Account:
    insist(may_manage_accounts(by))
    if account.person_id == by.person_id:
        raise Refused("不能停用自己的账号", "请另一名系统管理员办")
    insist(may_do_without(account.person, local_day(at)))
    if not Account.objects.filter(pk=account.pk, is_active=True).update(is_active=False):
        raise Stale("账号已经停用")
    account.is_active = False
    append(stream=f"account:{account.pk}", kind="account.closed", by=by, at=at, data={"why": why})
    revoke_tokens(person_id=account.person_id, by=by, at=at, why="account")
    return account
