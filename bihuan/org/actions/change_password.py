"""A person changes their own password."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Invalid, Refused
from bihuan.org.models import Account
from bihuan.record.actions.append import append

from .remember_password import remember_password
from .try_secret import forgive, try_secret


def change_password(*, account: Account, old: str, new: str, by: Actor, at: datetime) -> Account:
    """Raises Invalid with the first rule of the policy that the new one breaks. Guessing the old one is limited
    like guessing at the sign-in: an unattended screen is no place to try passwords."""
    if account.person_id != by.person_id:
        raise Refused("只能改自己的密码", "别人的密码由系统管理员重置")
    try_secret(account=account, at=at, field="old")
    if not account.check_password(old):
        raise Invalid("现在的密码不对", "再输一次", field="old")
    forgive(account)
    return _change(account, new, by, at)


@transaction.atomic
def _change(account: Account, new: str, by: Actor, at: datetime) -> Account:
    try:
        validate_password(new, account)
    except ValidationError as fault:
        raise Invalid(fault.messages[0], "换一个密码", field="new") from None
    remember_password(account=account, at=at)
    account.password, account.must_change, account.password_set_on = make_password(new), False, at
    Account.objects.filter(pk=account.pk).update(
        password=account.password, must_change=False, password_set_on=at
    )
    append(stream=f"account:{account.pk}", kind="account.password_changed", by=by, at=at)
    return account
