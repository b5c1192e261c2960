"""A notice that was written is not issued."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.onsite import states
from bihuan.areas.onsite.access import Standing
from bihuan.areas.onsite.advance import advance
from bihuan.areas.onsite.models import ImmediateNotice
from bihuan.areas.onsite.policies.notices import notice_verdict
from bihuan.kernel.actor import Actor


@transaction.atomic
def withdraw_notice(
    *, notice: ImmediateNotice, standing: Standing, by: Actor, at: datetime
) -> ImmediateNotice:
    may = notice_verdict("withdraw", notice, standing)
    advance(states.NOTICE["withdraw"], notice, may, by=by, at=at)
    return notice
