"""Let somebody of the leading group read what they asked for, until a day; or not."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from bihuan.areas.onsite.access import Standing
from bihuan.areas.onsite.models import Consent
from bihuan.areas.onsite.policies import may_grant_consent
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.policies import insist
from bihuan.record.actions.append import append


@transaction.atomic
def decide_consent(
    *, consent: Consent, until: date | None, why: str = "", standing: Standing, by: Actor, at: datetime
) -> Consent:
    """With `until` it is granted to that day, without it is refused, and `why` says the reason."""
    insist(may_grant_consent(consent, standing))
    if until is None and not why.strip():
        raise Refused("要写不同意的原因", "写给申请人看", field="why")
    if until is not None and until < local_day(at):
        raise Refused("期限在今天以前", "选今天或以后", field="until")
    values = (
        {"refused_at": at, "refused_by_id": by.person_id, "why_refused": why.strip()}
        if until is None
        else {"granted_at": at, "granted_by_id": by.person_id, "until": until}
    )
    if not Consent.objects.filter(pk=consent.pk, granted_at=None, refused_at=None).update(**values):
        raise Stale()
    append(
        stream=f"onsite-{consent.kind}-consent:{consent.pk}",
        kind="onsite.consent_refused" if until is None else "onsite.consent_granted",
        by=by, at=at, subject=consent.label,
        data={"task": consent.task_id, **({"until": until.isoformat()} if until else {})},
    )  # fmt: skip
    consent.refresh_from_db()
    return consent
