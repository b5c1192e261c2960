"""Take one look: 核, by the head of the unit."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.publication import states
from bihuan.publication.advance import advance
from bihuan.publication.models import Publication
from bihuan.publication.policies import verdict


@transaction.atomic
def check(*, publication: Publication, by: Actor, at: datetime) -> Publication:
    """On to the next look of its chain, or ready to be made public. Never by whoever wrote it or looked before."""
    target = states.after(publication.state, publication.chain)
    values = {"checked_at": at, "checked_by_id": by.person_id}
    advance(
        "check", publication, verdict("check", publication, by), by=by, at=at, target=target, changes=values
    )
    return publication
