"""Remember a password that goes out of force, so that it does not come back soon."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from bihuan.org.models import Account, OldPassword


def remember_password(*, account: Account, at: datetime) -> None:
    """Only its hash, as it stood in the account; no more of them than the policy compares with."""
    before = Account.objects.values_list("password", flat=True).get(pk=account.pk)
    OldPassword.objects.create(account=account, password=before, set_on=at)
    kept = OldPassword.objects.filter(account=account).order_by("-pk").values_list("pk", flat=True)
    OldPassword.objects.filter(pk__in=list(kept[max(0, settings.PASSWORD_HISTORY - 1) :])).delete()
