"""Clear away what is left of sign-ins that are over: sessions that ran out, and names typed wrong long ago."""

from __future__ import annotations

from datetime import datetime, timedelta

from axes.models import AccessAttempt
from django.conf import settings

from bihuan.org.models import BrowserSession, OldPassword

#: far longer than any lock; after that a mistyped name is nobody's business
KEEP_ATTEMPTS = timedelta(days=1)


def tidy(*, at: datetime) -> int:
    """Returns how many sessions went. Passwords beyond the history go, too: their number may have been lowered."""
    gone, _ = BrowserSession.objects.filter(expire_date__lte=at).delete()
    AccessAttempt.objects.filter(attempt_time__lt=at - KEEP_ATTEMPTS).delete()
    if settings.PASSWORD_HISTORY <= 1:
        OldPassword.objects.all().delete()
    return gone
