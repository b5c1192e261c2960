"""End one sign-in: one's own somewhere else, or the quietest where there are more than the house allows."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.models import Account, BrowserSession
from bihuan.record.actions.append import append


@transaction.atomic
def end_session(*, account: Account, key: str, by: Actor, at: datetime) -> None:
    """`key` is the session's own; it never leaves the server (`reads.open_sessions` gives marks for pages)."""
    if account.person_id != by.person_id:
        raise Refused("只能退出自己的登录", "别人的账号由系统管理员停用或重置密码")
    gone, _ = BrowserSession.objects.filter(account=account, session_key=key).delete()
    if not gone:
        raise Stale("这一处已经退出了")
    append(stream=f"account:{account.pk}", kind="account.session_ended", by=by, at=at)


def end_quietest(*, account: Account, key: str, at: datetime) -> int:
    """At a sign-in, `key` being the new session: keep as many as BIHUAN_SESSION_PLACES says, those last used.
    Returns how many ended."""
    if not settings.SESSION_MOST_OPEN:
        return 0
    others = BrowserSession.objects.filter(account=account, expire_date__gt=at).exclude(session_key=key)
    over = others.order_by("-expire_date", "session_key").values_list("session_key", flat=True)
    gone, _ = BrowserSession.objects.filter(
        session_key__in=list(over[settings.SESSION_MOST_OPEN - 1 :])
    ).delete()
    return gone
