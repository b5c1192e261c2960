"""Give an account a new initial password, shown once."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused
from bihuan.org.models import Account
from bihuan.org.passwords import initial_password
from bihuan.org.policies import insist, may_give_password, may_manage_accounts
from bihuan.record.actions.append import append

from .remember_password import remember_password
from .try_secret import forgive


@transaction.atomic
def reset_password(*, account: Account, by: Actor, at: datetime) -> str:
    """Returns the password in the clear. A closed account is opened again only by `reopen_account`.

    Whoever resets a password can sign in with it. So nobody resets another administrator's from a page: that
    takes somebody at the server (`bihuan resetpassword`), and three administrators stay three people.
    """
    insist(may_manage_accounts(by))
    if account.person_id == by.person_id:
        raise Refused("自己的密码在“修改密码”里改", "")
    insist(may_give_password(account, by, local_day(at)))
    if not account.is_active:
        raise Refused("账号已停用", "先重新启用")
    clear = initial_password()
    remember_password(account=account, at=at)
    Account.objects.filter(pk=account.pk).update(
        password=make_password(clear), must_change=True, password_set_on=at
    )
    forgive(account)
    append(stream=f"account:{account.pk}", kind="account.password_reset", by=by, at=at)
    return clear
