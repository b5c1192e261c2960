"""Write down who came and went: signed in, signed out, failed, locked. No password, no address."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.org.models import Account
from bihuan.record.actions.append import append

VISITS = {
    "signed_in": "登录",
    "signed_out": "退出",
    "sign_in_failed": "登录失败",
    "locked": "连续失败，锁定",
}


@transaction.atomic
def note_visit(*, account: Account, visit: str, by: Actor, at: datetime) -> None:
    """`visit` is one of VISITS; KeyError otherwise. A sign-in moves 上次来时 to the sign-in before it."""
    VISITS[visit]
    if visit == "signed_in":
        Account.objects.filter(pk=account.pk).update(seen_before=account.last_login)
    append(stream=f"account:{account.pk}", kind=f"account.{visit}", by=by, at=at)
