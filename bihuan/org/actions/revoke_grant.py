"""Take a grant back. It stays on record with who took it back and when."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Stale
from bihuan.org.models import Grant
from bihuan.org.policies import insist, may_revoke
from bihuan.record.actions.append import append


@transaction.atomic
def revoke_grant(*, grant: Grant, by: Actor, at: datetime, why: str = "") -> Grant:
    insist(may_revoke(grant, by))
    if not Grant.objects.filter(pk=grant.pk, revoked_at=None).update(
        revoked_at=at, revoked_by_id=by.person_id
    ):
        raise Stale("已经收回了")
    grant.revoked_at, grant.revoked_by_id = at, by.person_id
    append(
        stream=f"grant:{grant.pk}",
        kind="grant.revoked",
        by=by,
        at=at,
        unit_id=grant.unit_id,
        data={"why": why},
    )
    return grant
