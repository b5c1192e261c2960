"""Write down who came and went: signed in, signed out, failed, locked. No password, no address."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.org.models import Account
from bihuan.record.actions.append import append

VISITS = ("signed_in", "signed_out", "sign_in_failed", "second_failed", "locked")


@transaction.atomic
def note_visit(*, account: Account, visit: str, by: Actor, at: datetime, way: str = "") -> None:
    """`visit` is one of VISITS; ValueError otherwise. A sign-in moves 上次来时 to the sign-in before it; `way`
    says how, where it was not the password alone."""
    if visit not in VISITS:
        raise ValueError(f"unknown visit {visit!r}")
    if visit == "signed_in":
        Account.objects.filter(pk=account.pk).update(seen_before=account.last_login)
    append(
        stream=f"account:{account.pk}",
        kind=f"account.{visit}",
        by=by,
        at=at,
        data={"way": way} if way else {},
    )
