"""What belongs to one person alone, made for whoever tests that nobody else finds it."""

from __future__ import annotations

from datetime import datetime

from django.test import Client

from bihuan.org.models import Account, Passkey
from bihuan.org.reads.sessions import mark_of
from bihuan.org.sessions import kept_as


def passkey_of(account: Account, at: datetime) -> int:
    return Passkey.objects.get_or_create(account=account, credential="k", made_on=at)[0].pk


def session_of(account: Account) -> str:
    """A browser in which they are signed in, as it is named on their own page."""
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return mark_of(kept_as(client.session.session_key))
