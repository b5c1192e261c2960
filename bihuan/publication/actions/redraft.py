"""Change what a draft says."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.publication.advance import advance
from bihuan.publication.models import Publication
from bihuan.publication.policies import verdict

from .draft_publication import worded


@transaction.atomic
def redraft(
    *, publication: Publication, title: str, contact: str, term_days: int, by: Actor, at: datetime,
    text_inside: str = "", text_outside: str = "",
) -> Publication:  # fmt: skip
    """Whoever wrote the present text is its drafter, and does not look at it afterwards."""
    least = publication.entry.term_days
    said = worded(publication.scope, least, title, text_inside, text_outside, contact, term_days)
    changes = {**said, "drafted_at": at, "drafted_by_id": by.person_id}
    advance("redraft", publication, verdict("redraft", publication, by), by=by, at=at, changes=changes)
    return publication
