"""Open an account. The initial password is shown once and must be changed at the first sign-in."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused
from bihuan.org.models import Account, Person
from bihuan.org.passwords import initial_password
from bihuan.org.policies import insist, may_manage_accounts
from bihuan.record.actions.append import append


@transaction.atomic
def open_account(
    *,
    person: Person,
    by: Actor,
    at: datetime,
    username: str = "",
    password: str = "",
    must_change: bool = True,
) -> tuple[Account, str]:
    """Returns the account and its password in the clear, which is kept nowhere.

    Without a user name the staff number serves. A given `password` is for the demo group and tests; a person's
    own choice goes through `change_password`, which checks it.
    """
    insist(may_manage_accounts(by))
    _check(person, local_day(at))
    username = (username or person.staff_no).strip()
    if Account.objects.filter(username__iexact=username).exists():
        raise Refused(f"登录名 {username} 已经有人用了", "换一个登录名，一般用工号", field="username")
    clear = password or initial_password()
    account = Account.objects.create(
        username=username,
        person=person,
        password=make_password(clear),
        must_change=must_change,
        password_set_on=at,
    )
    append(
        stream=f"account:{account.pk}",
        kind="account.opened",
        by=by,
        at=at,
        seq=1,
        unit_id=person.unit_id,
        data={"person": person.pk},
    )
    return account, clear


def _check(person: Person, today: date) -> None:
    if person.left_on and person.left_on <= today:
        raise Refused(f"{person.name}已离开，不能开账号", "核对人员")
    if Account.objects.filter(person=person).exists():
        raise Refused(f"{person.name}已有账号", "忘了密码请重置密码，停用过的请重新启用")
