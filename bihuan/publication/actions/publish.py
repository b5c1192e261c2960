"""Make it public."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.publication.advance import advance
from bihuan.publication.models import Publication
from bihuan.publication.policies import text_verdict


@transaction.atomic
def publish(*, publication: Publication, by: Actor, at: datetime) -> Publication:
    """From today on, for its term; today is the first day. Refused when something shows that must not: it may have
    been exempted after the looks."""
    today = local_day(at)
    until = today + timedelta(days=publication.term_days - 1)
    changes = {"published_at": at, "published_by_id": by.person_id, "from_day": today, "to_day": until}
    data = {"from_day": today.isoformat(), "to_day": until.isoformat(), "entry": publication.entry.code}
    if publication.origin:
        data["origin"] = publication.origin
    may = text_verdict("publish", publication, by)
    advance("publish", publication, may, by=by, at=at, changes=changes, data=data)
    return publication
