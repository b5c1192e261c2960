"""Send something back to be written again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused
from bihuan.publication.advance import advance
from bihuan.publication.models import Publication
from bihuan.publication.policies import verdict


@transaction.atomic
def send_back(*, publication: Publication, why: str, by: Actor, at: datetime) -> Publication:
    """退回, with what is to be changed; the looks taken so far count no more. The unit may take its own draft back."""
    if not why.strip():
        raise Refused("退回要写意见", "写明要改什么", field="why")
    changes = {
        "returned_at": at, "returned_by_id": by.person_id, "why_returned": why.strip(),
        "checked_at": None, "checked_by_id": None, "reviewed_at": None, "reviewed_by_id": None,
        "approved_at": None, "approved_by_id": None,
    }  # fmt: skip
    advance("return", publication, verdict("return", publication, by), by=by, at=at, changes=changes)
    return publication
