"""Take one look: 批, by a member of the leading group."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.publication import states
from bihuan.publication.advance import advance
from bihuan.publication.models import Publication
from bihuan.publication.policies import verdict


@transaction.atomic
def approve(*, publication: Publication, by: Actor, at: datetime) -> Publication:
    """On to the next look of its chain, or ready to be made public. Never by whoever wrote it or looked before."""
    target = states.after(publication.state, publication.chain)
    values = {"approved_at": at, "approved_by_id": by.person_id}
    advance(
        "approve",
        publication,
        verdict("approve", publication, by),
        by=by,
        at=at,
        target=target,
        changes=values,
    )
    return publication
