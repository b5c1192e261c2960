"""Claim a guess at a secret of an account before looking whether it is right: the limit holds under a storm too."""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil

from django.conf import settings
from django.db import transaction
from django.db.models import F

from bihuan.kernel.actor import NOBODY
from bihuan.kernel.refused import Refused
from bihuan.org.models import Account, SecretTry
from bihuan.org.words import locked, minutes_left

from .note_visit import note_visit


def try_secret(*, account: Account, at: datetime, field: str = "") -> None:
    """As many guesses as at the sign-in, in as long a while; Refused with the minutes left after that.

    Call it outside the transaction of the deed: a guess counts although the deed is then refused.
    """
    whole = timedelta(hours=settings.AXES_COOLOFF_TIME)
    if not _claim(account, at, whole):
        since = SecretTry.objects.get(account=account).since
        raise Locked(_minutes(since + whole - at), field)


@transaction.atomic
def _claim(account: Account, at: datetime, whole: timedelta) -> bool:
    row, _ = SecretTry.objects.get_or_create(account=account, defaults={"since": at})
    SecretTry.objects.filter(pk=row.pk, since__lte=at - whole).update(count=0, since=at)
    mine = SecretTry.objects.filter(pk=row.pk)
    if mine.filter(count__lt=settings.AXES_FAILURE_LIMIT).update(count=F("count") + 1):
        return True
    if mine.filter(count=settings.AXES_FAILURE_LIMIT).update(count=F("count") + 1):
        note_visit(account=account, visit="locked", by=NOBODY, at=at)
    return False


class Locked(Refused):
    """Too many wrong guesses."""

    def __init__(self, minutes: int, field: str = "") -> None:
        super().__init__(locked(settings.AXES_FAILURE_LIMIT), minutes_left(minutes), field=field)


def forgive(account: Account) -> None:
    """The secret was right: the count begins anew. The row stays: others may be counting on it this moment."""
    SecretTry.objects.filter(account=account).update(count=0)


def _minutes(left: timedelta) -> int:
    return max(1, ceil(left.total_seconds() / 60))
