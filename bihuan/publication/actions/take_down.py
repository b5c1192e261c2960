"""Take something down before its term ends."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused
from bihuan.publication.advance import advance
from bihuan.publication.models import Publication
from bihuan.publication.policies import verdict


@transaction.atomic
def take_down(*, publication: Publication, why: str, by: Actor, at: datetime) -> Publication:
    """The reason is kept; who may see the thing still sees it."""
    if not why.strip():
        raise Refused("撤下要写原因", "写明为什么撤下", field="why")
    changes = {"taken_down_at": at, "taken_down_by_id": by.person_id, "why_down": why.strip()[:300]}
    advance("take_down", publication, verdict("take_down", publication, by), by=by, at=at, changes=changes)
    return publication
