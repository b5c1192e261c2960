"""End every sign-in of one's own but the one at hand."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused
from bihuan.org.models import Account
from bihuan.record.actions.append import append


@transaction.atomic
def end_sessions(*, account: Account, by: Actor, at: datetime) -> Account:
    """The caller renews the session at hand with what is returned (update_session_auth_hash)."""
    if account.person_id != by.person_id:
        raise Refused("只能退出自己的登录", "别人的由安全管理员重设第二步验证时一并退出")
    Account.objects.filter(pk=account.pk).update(session_round=F("session_round") + 1)
    account.refresh_from_db(fields=["session_round"])
    append(stream=f"account:{account.pk}", kind="account.sessions_ended", by=by, at=at)
    return account
