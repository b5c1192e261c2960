"""The head of the unit signs for a notice."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.onsite import states
from bihuan.areas.onsite.advance import advance
from bihuan.areas.onsite.models import ImmediateNotice
from bihuan.areas.onsite.policies.notices import may_sign_notice
from bihuan.kernel.actor import Actor


@transaction.atomic
def sign_notice(*, notice: ImmediateNotice, by: Actor, at: datetime) -> ImmediateNotice:
    """The receipt: who, and when."""
    changes = {"signed_at": at, "signed_by_id": by.person_id}
    may = may_sign_notice(notice, by)
    advance(states.NOTICE["sign"], notice, may, by=by, at=at, changes=changes)
    return notice
