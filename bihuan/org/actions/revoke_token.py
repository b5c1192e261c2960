"""Take an access token back: from the next request on it is nothing."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Stale
from bihuan.org.models import AccessToken
from bihuan.org.policies import insist, may_revoke_token
from bihuan.record.actions.append import append


@transaction.atomic
def revoke_token(*, token: AccessToken, by: Actor, at: datetime, why: str = "") -> AccessToken:
    """By its person, or by who manages accounts. Raises Refused, or Stale when it is taken back already."""
    insist(may_revoke_token(token, by))
    if not AccessToken.objects.filter(pk=token.pk, revoked_at=None).update(
        revoked_at=at, revoked_by_id=by.person_id
    ):
        raise Stale("这个令牌已经收回了")
    token.revoked_at, token.revoked_by_id = at, by.person_id
    _write_down(token, by, at, why)
    return token


@transaction.atomic
def revoke_tokens(*, person_id: int, by: Actor, at: datetime, why: str) -> int:
    """All of a person whose account is closed: opening the account again does not wake them."""
    ended = 0
    for token in AccessToken.objects.of(person_id).alive():
        if AccessToken.objects.filter(pk=token.pk, revoked_at=None).update(
            revoked_at=at, revoked_by_id=by.person_id
        ):
            _write_down(token, by, at, why)
            ended += 1
    return ended


def _write_down(token: AccessToken, by: Actor, at: datetime, why: str) -> None:
    append(
        stream=f"token:{token.pk}",
        kind="token.revoked",
        by=by,
        at=at,
        subject=token.ident,
        data={"why": why, "person": token.person_id},
    )
